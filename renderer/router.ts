import { type ReadonlySignal, signal } from '@preact/signals';

/** The views of the window, in the order of the navigation; each is at `#/` and its name. */
export const ROUTES = ['overview', 'trial', 'keys', 'origins', 'logs', 'settings', 'about'] as const;

export type Route = (typeof ROUTES)[number];

/** The view that a fragment such as `#/keys` names; the overview for any other. */
export function routeOf(hash: string): Route {
	return ROUTES.find((route) => hash === hrefOf(route)) ?? 'overview';
}

/** The fragment of a view, for a link. */
export function hrefOf(route: Route): string {
	return `#/${route}`;
}

/** The view that the address of this page names, now and after each step of the operator. */
export function followRoute(page: Window): ReadonlySignal<Route> {
	const route = signal(routeOf(page.location.hash));
	page.addEventListener('hashchange', () => {
		route.value = routeOf(page.location.hash);
	});
	return route;
}
