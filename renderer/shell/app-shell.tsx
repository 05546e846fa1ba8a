import { useLayoutEffect, useRef } from 'preact/hooks';
import { Notices } from '../components/messages/notices.tsx';
import { focusHeading } from '../components/view-header.tsx';
import { useText, useWindowServices } from '../window-context.ts';
import { Connecting } from './connecting.tsx';
import { Masthead } from './masthead.tsx';
import { Navigation } from './navigation.tsx';
import { ServiceStatusBar } from './service-status-bar.tsx';
import { SignIn } from './sign-in.tsx';
import { StateBanners } from './state-banners.tsx';
import { ViewErrorBoundary } from './view-boundary.tsx';
import { VIEWS } from './views.ts';

/** The whole window: the shell around the views, or a sign-in or connection page before there is any state. */
export function AppShell() {
	const { store } = useWindowServices();
	const link = store.link.value;
	if (link.phase === 'locked') return <SignIn link={link} />;
	// After the first state arrived, the views stay visible even if the connection is lost.
	if (!store.hasState.value) return <Connecting />;
	return <Frame />;
}

function Frame() {
	const { shell } = useText();
	return (
		<>
			<button type="button" class="skip-link" onClick={focusHeading}>
				{shell.skipToContent}
			</button>
			<div class="shell">
				<Masthead />
				<Navigation />
				<ServiceStatusBar />
				<CurrentView />
			</div>
			<Notices />
		</>
	);
}

function CurrentView() {
	const { route } = useWindowServices();
	const { shell } = useText();
	const { View } = VIEWS[route.value];
	const shown = useRef(route.value);
	const main = useRef<HTMLElement>(null);
	useLayoutEffect(() => {
		if (shown.current === route.value) return;
		shown.current = route.value;
		main.current?.scrollTo(0, 0);
		focusHeading();
	}, [route.value]);
	return (
		<main id="content" class={`content content-${route.value}`} ref={main} tabIndex={-1}>
			<StateBanners />
			<ViewErrorBoundary key={route.value} title={shell.views[route.value]}>
				<View />
			</ViewErrorBoundary>
		</main>
	);
}
