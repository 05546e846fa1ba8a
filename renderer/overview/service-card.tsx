import type { ServiceState } from '../../src/operator/contract.ts';
import { useServiceActions } from '../components/actions/service-actions.ts';
import { useConfirmedStop } from '../components/actions/use-confirmed-stop.tsx';
import { Badge } from '../components/badge.tsx';
import { Button } from '../components/buttons/button.tsx';
import { CopyableCode } from '../components/buttons/copyable-code.tsx';
import { Card } from '../components/card.tsx';
import { ProblemBanner } from '../components/messages/problem-banner.tsx';
import { ServiceBadge } from '../components/service-badge.tsx';
import { useOperatorStore, useText } from '../window-context.ts';
import { FailedStart } from './failed-start.tsx';

/** The state and the address of the service, with its start, stop and restart buttons. */
export function ServiceCard() {
	const { shell } = useText();
	const state = useOperatorStore().topics.service.value;
	return (
		<Card title={shell.service} actions={<ServiceBadge phase={state?.phase} />}>
			{state === undefined ? (
				<p class="field-hint">{shell.unknownState}</p>
			) : (
				<div class="service-card">
					<StateFacts state={state} />
					<ServiceButtons phase={state.phase} />
				</div>
			)}
		</Card>
	);
}

function StateFacts({ state }: { readonly state: ServiceState }) {
	const { shell, overview, formats } = useText();
	switch (state.phase) {
		case 'running':
			return (
				<div class="service-facts">
					<Addresses addresses={state.addresses} />
					<p class="field-hint">{overview.runningSince(formats.dateTime(state.since))}</p>
					<Readiness />
				</div>
			);
		case 'failed':
			return <FailedStart problem={state.problem} />;
		case 'stopped':
			return <p>{shell.serviceStoppedHelp}</p>;
		case 'starting':
		case 'stopping':
			return <p class="field-hint">{overview.noAddress}</p>;
	}
}

/** Whether a page can scan: only a real reader counts. */
function Readiness() {
	const { overview } = useText();
	const readers = useOperatorStore().topics.readers.value ?? [];
	const real = readers.filter(({ isVirtual }) => !isVirtual);
	const ready = real.filter(({ status }) => status === 'idle' || status === 'busy').length;
	const hasOnlyVirtual = real.length === 0 && readers.length > 0;
	if (ready > 0) return <Badge tone="good">{overview.readyReaders(ready)}</Badge>;
	return <p>{hasOnlyVirtual ? overview.onlyVirtual : overview.noneReady}</p>;
}

function Addresses({ addresses: [first, ...others] }: { readonly addresses: readonly string[] }) {
	const { overview } = useText();
	if (first === undefined) return null;
	return (
		<div class="addresses">
			<h3>{overview.address}</h3>
			<CopyableCode text={first} what={overview.address} />
			{others.length > 0 && (
				<p class="field-hint">
					{overview.moreAddresses} <code dir="ltr">{others.join(' ')}</code>
				</p>
			)}
		</div>
	);
}

/** Start and stop share one button and restarting removes no button, so that a keyboard user keeps the focus. */
function ServiceButtons({ phase }: { readonly phase: ServiceState['phase'] }) {
	const { shell, overview } = useText();
	const actions = useServiceActions();
	const { start, stop, restart } = actions;
	const confirmed = useConfirmedStop(actions);
	const isDown = (phase === 'stopped' || phase === 'failed') && !restart.isBusy;
	const isMoving = phase === 'starting' || phase === 'stopping';
	const isBusy = isMoving || start.isBusy || stop.isBusy || restart.isBusy;
	return (
		<>
			<div class="button-row">
				<Button
					icon={isDown ? 'start' : 'stop'}
					variant={isDown && phase === 'stopped' ? 'primary' : 'secondary'}
					isBusy={isBusy}
					onClick={isDown ? start.run : confirmed.stop}
				>
					{!isDown && shell.stopService}
					{isDown && (phase === 'failed' ? overview.startAgain : shell.startService)}
				</Button>
				{!isDown && (
					<Button icon="restart" isBusy={isBusy} onClick={confirmed.restart}>
						{shell.restart}
					</Button>
				)}
			</div>
			{confirmed.dialog}
			{!confirmed.dialog && <ProblemBanner problem={start.problem ?? stop.problem ?? restart.problem} />}
		</>
	);
}
