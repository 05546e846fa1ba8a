import type { ServiceState } from '../../src/operator/contract.ts';
import { useServiceActions } from '../components/actions/service-actions.ts';
import { useConfirmedStop } from '../components/actions/use-confirmed-stop.tsx';
import { Button } from '../components/buttons/button.tsx';
import { ProblemBanner } from '../components/messages/problem-banner.tsx';
import { ServiceBadge } from '../components/service-badge.tsx';
import { useOperatorStore, useText } from '../window-context.ts';

/** The state of the service with a start or stop button, visible in every view. */
export function ServiceStatusBar() {
	const { shell } = useText();
	const state = useOperatorStore().topics.service.value;
	return (
		<section class="service-status" aria-label={shell.serviceState}>
			<div role="status">
				<ServiceBadge phase={state?.phase} />
			</div>
			{state && <StartOrStop phase={state.phase} />}
		</section>
	);
}

function StartOrStop({ phase }: { readonly phase: ServiceState['phase'] }) {
	const { shell } = useText();
	const actions = useServiceActions();
	const confirmed = useConfirmedStop(actions);
	const canStop = phase === 'running' || phase === 'stopping';
	const { run, isBusy, problem, clear } = canStop ? actions.stop : actions.start;
	return (
		<>
			<Button
				icon={canStop ? 'stop' : 'start'}
				isBusy={isBusy || phase === 'starting' || phase === 'stopping'}
				label={canStop ? shell.stopService : shell.startService}
				onClick={canStop ? confirmed.stop : run}
			>
				{canStop ? shell.stop : shell.start}
			</Button>
			{confirmed.dialog}
			{!confirmed.dialog && <ProblemBanner problem={problem} onDismiss={clear} />}
		</>
	);
}
