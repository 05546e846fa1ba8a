import { Icon } from '../components/icon.tsx';
import { hrefOf, ROUTES, type Route } from '../router.ts';
import { useOperatorStore, useText, useWindowServices } from '../window-context.ts';

/** The links to the views, at the side of the window or at the bottom of a narrow one. */
export function Navigation() {
	const { shell } = useText();
	return (
		<nav class="navigation" aria-label={shell.navigation}>
			<ul>
				{ROUTES.map((route) => (
					<li key={route}>
						<ViewLink route={route} />
					</li>
				))}
			</ul>
		</nav>
	);
}

function ViewLink({ route }: { readonly route: Route }) {
	const { shell } = useText();
	const current = useWindowServices().route.value;
	return (
		<a href={hrefOf(route)} aria-current={route === current ? 'page' : undefined}>
			<Icon name={route} />
			<span class="navigation-text">{shell.views[route]}</span>
			{route === 'origins' && <PendingCount />}
		</a>
	);
}

/** Number of origins that need a decision. */
function PendingCount() {
	const { origins } = useText();
	const waiting = useOperatorStore().topics.origins.value?.pending.length ?? 0;
	if (waiting === 0) return null;
	return (
		<span class="navigation-count">
			{waiting}
			<span class="visually-hidden"> {origins.pending}</span>
		</span>
	);
}
