import type { ServiceState } from '../../src/console/contract.ts';
import { Banner } from '../components/banner.tsx';
import { Button } from '../components/button.tsx';
import { LinkButton } from '../components/link-button.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { useConsole, useText, useWindow } from '../window-context.ts';
import { useServiceActions } from './service-actions.ts';

/** What the operator must know on every view: the link is lost, the service does not run, changes wait for a restart. */
export function StateBanners() {
	const state = useConsole().topics.service.value;
	return (
		<div class="state-banners">
			<LinkBanner />
			{state && <ServiceBanner state={state} />}
			<RestartBanner />
		</div>
	);
}

function LinkBanner() {
	const { shell } = useText();
	const link = useConsole().link.value;
	if (link.phase === 'connected' || link.phase === 'locked') return null;
	return (
		<Banner
			tone="bad"
			title={shell.linkLost}
			actions={link.phase === 'lost' && <Button onClick={link.retry}>{shell.retryNow}</Button>}
		>
			<p>{shell.linkLostHelp}</p>
		</Banner>
	);
}

function ServiceBanner({ state }: { readonly state: ServiceState }) {
	const { shell } = useText();
	const isOnOverview = useWindow().route.value === 'overview';
	const { start } = useServiceActions();
	// The overview explains both at length.
	if (isOnOverview) return null;
	if (state.phase === 'failed') {
		return (
			<ProblemBanner problem={state.problem} actions={<LinkButton to="overview">{shell.views.overview}</LinkButton>} />
		);
	}
	if (state.phase !== 'stopped') return null;
	return (
		<Banner
			tone="warning"
			title={shell.serviceStopped}
			actions={
				<Button icon="start" isBusy={start.isBusy} label={shell.startService} onClick={start.run}>
					{shell.start}
				</Button>
			}
		>
			<p>{shell.serviceStoppedHelp}</p>
		</Banner>
	);
}

function RestartBanner() {
	const { shell } = useText();
	const { topics } = useConsole();
	const { restart } = useServiceActions();
	const pending = topics.settings.value?.pending.length ?? 0;
	if (pending === 0 || topics.service.value?.phase !== 'running') return null;
	return (
		<Banner
			tone="info"
			title={shell.restartNeeded(pending)}
			actions={
				<Button icon="restart" isBusy={restart.isBusy} label={shell.restartService} onClick={restart.run}>
					{shell.restart}
				</Button>
			}
		>
			<p>{shell.restartNeededHelp}</p>
		</Banner>
	);
}
