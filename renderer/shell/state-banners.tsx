import type { ServiceState } from '../../src/operator/contract.ts';
import { useServiceActions } from '../components/actions/service-actions.ts';
import { useConfirmedStop } from '../components/actions/use-confirmed-stop.tsx';
import { Button } from '../components/buttons/button.tsx';
import { LinkButton } from '../components/buttons/link-button.tsx';
import { Banner } from '../components/messages/banner.tsx';
import { ProblemBanner } from '../components/messages/problem-banner.tsx';
import { useOperatorStore, useText, useWindowServices } from '../window-context.ts';
import { pendingRestarts } from './pending-restarts.ts';

/** Messages for every view: the connection is lost, the service is not running, settings need a restart. */
export function StateBanners() {
	const state = useOperatorStore().topics.service.value;
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
	const link = useOperatorStore().link.value;
	if (link.phase !== 'lost') return null;
	return (
		<Banner
			tone="bad"
			title={shell.linkLost}
			actions={
				<Button isBusy={link.isRetrying} onClick={link.retry}>
					{shell.retryNow}
				</Button>
			}
		>
			<p>{shell.linkLostHelp}</p>
		</Banner>
	);
}

function ServiceBanner({ state }: { readonly state: ServiceState }) {
	const { shell } = useText();
	const isOnOverview = useWindowServices().route.value === 'overview';
	const { start } = useServiceActions();
	// The overview shows the details itself.
	if (isOnOverview) return null;
	if (state.phase === 'failed') {
		return (
			<ProblemBanner problem={state.problem} actions={<LinkButton to="overview">{shell.views.overview}</LinkButton>} />
		);
	}
	if (state.phase !== 'stopped') return null;
	return (
		<>
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
			<ProblemBanner problem={start.problem} onDismiss={start.clear} />
		</>
	);
}

function RestartBanner() {
	const { topics } = useOperatorStore();
	const { forService, forProgram } = pendingRestarts(topics.settings.value ?? { settings: [], pending: [] });
	if (topics.service.value?.phase !== 'running') return null;
	return (
		<>
			{forService > 0 && <ServiceRestartBanner changes={forService} />}
			{forProgram > 0 && <ProgramRestartBanner />}
		</>
	);
}

function ServiceRestartBanner({ changes }: { readonly changes: number }) {
	const { shell } = useText();
	const actions = useServiceActions();
	const { restart } = actions;
	const confirmed = useConfirmedStop(actions);
	return (
		<>
			<Banner
				tone="info"
				title={shell.restartNeeded(changes)}
				actions={
					<Button icon="restart" isBusy={restart.isBusy} label={shell.restartService} onClick={confirmed.restart}>
						{shell.restart}
					</Button>
				}
			>
				<p>{shell.restartNeededHelp}</p>
			</Banner>
			{confirmed.dialog}
			{!confirmed.dialog && <ProblemBanner problem={restart.problem} onDismiss={restart.clear} />}
		</>
	);
}

function ProgramRestartBanner() {
	const { shell } = useText();
	return (
		<Banner tone="info" title={shell.programRestartNeeded}>
			<p>{shell.programRestartNeededHelp}</p>
		</Banner>
	);
}
