import { type ReadonlySignal, signal } from '@preact/signals';

/** The views of the window, in the order of the navigation. The URL fragment of each is `#/` and its name. */
export const ROUTES = ['overview', 'trial', 'keys', 'origins', 'logs', 'settings', 'about'] as const;

export type Route = (typeof ROUTES)[number];

/** Returns the view for a URL fragment such as `#/keys`; the overview for any unknown fragment. */
export function routeOf(hash: string): Route {
	return ROUTES.find((route) => hash === hrefOf(route)) ?? 'overview';
}

/** Returns the URL fragment of a view, for a link. */
export function hrefOf(route: Route): string {
	return `#/${route}`;
}

/** Returns the view that the URL of `page` selects, updated on every navigation. */
export function followRoute(page: Window): ReadonlySignal<Route> {
	const route = signal(routeOf(page.location.hash));
	page.addEventListener('hashchange', () => {
		route.value = routeOf(page.location.hash);
	});
	return route;
}
