import { Button } from '../components/button.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { useConsole, useText } from '../window-context.ts';
import { useServiceActions } from './service-actions.ts';
import { ServiceBadge } from './service-badge.tsx';

/** The state of the service with its start or stop, in sight on every view. */
export function ServiceStatus() {
	const { shell } = useText();
	const { start, stop } = useServiceActions();
	const state = useConsole().topics.service.value;
	if (state === undefined) return null;
	const canStop = state.phase === 'running' || state.phase === 'stopping';
	const { run, isBusy, problem, clear } = canStop ? stop : start;
	const isMoving = isBusy || state.phase === 'starting' || state.phase === 'stopping';
	return (
		<section class="service-status" aria-label={shell.serviceState}>
			<div role="status">
				<ServiceBadge phase={state.phase} />
			</div>
			<Button
				icon={canStop ? 'stop' : 'start'}
				isBusy={isMoving}
				label={canStop ? shell.stopService : shell.startService}
				onClick={run}
			>
				{canStop ? shell.stop : shell.start}
			</Button>
			<ProblemBanner problem={problem} onDismiss={clear} />
		</section>
	);
}
