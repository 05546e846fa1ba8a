import { useSignal } from '@preact/signals';
import type { ReaderView, ServiceState } from '../../src/operator/contract.ts';
import { LinkButton } from '../components/buttons/link-button.tsx';
import { EmptyState } from '../components/messages/empty-state.tsx';
import { ProblemBanner } from '../components/messages/problem-banner.tsx';
import { ViewHeader } from '../components/view-header.tsx';
import { useOperatorStore, useText } from '../window-context.ts';
import { TrialControls } from './trial-controls.tsx';
import type { TrialSession } from './trial-session.ts';
import { TrialStage } from './trial-stage.tsx';
import { useTrialSession } from './use-trial-session.ts';

/** A trial scan on one reader. */
export function TrialView() {
	const { shell, trial } = useText();
	const session = useTrialSession();
	const chosen = useSignal('');
	const { service, readers } = useOperatorStore().topics;
	const reader = readerToTry(readers.value ?? [], chosen.value);
	const state = session.state.value;
	return (
		<>
			<ViewHeader title={shell.views.trial} lead={trial.lead} />
			{state.phase === 'failed' && <ProblemBanner problem={state.problem} />}
			{service.value?.phase !== 'running' ? (
				<NotRunning phase={service.value?.phase} />
			) : (
				<TrialPanel
					session={session}
					readers={readers.value ?? []}
					reader={reader}
					onChoose={(id) => {
						chosen.value = id;
					}}
				/>
			)}
		</>
	);
}

function NotRunning({ phase }: { readonly phase: ServiceState['phase'] | undefined }) {
	const { shell, trial } = useText();
	if (phase === undefined) {
		return (
			<EmptyState icon="unplugged" title={shell.notConnected}>
				{shell.unknownState}
			</EmptyState>
		);
	}
	return (
		<EmptyState icon="unplugged" title={trial.stoppedTitle}>
			{trial.stoppedHelp}
		</EmptyState>
	);
}

/** Returns the chosen reader, otherwise a working one, real readers first. */
function readerToTry(readers: readonly ReaderView[], chosen: string): ReaderView | undefined {
	const working = readers.filter(({ status }) => status !== 'error');
	return (
		readers.find(({ id }) => id === chosen) ?? working.find(({ isVirtual }) => !isVirtual) ?? working[0] ?? readers[0]
	);
}

interface TrialPanelProps {
	readonly session: TrialSession;
	readonly readers: readonly ReaderView[];
	readonly reader: ReaderView | undefined;
	readonly onChoose: (deviceId: string) => void;
}

function TrialPanel({ session, readers, reader, onChoose }: TrialPanelProps) {
	const { trial } = useText();
	const state = session.state.value;
	if (reader === undefined) {
		return (
			<EmptyState
				icon="unplugged"
				title={trial.noReaderTitle}
				action={
					<LinkButton to="overview" isPrimary>
						{trial.toOverview}
					</LinkButton>
				}
			>
				{trial.noReaderHelp}
			</EmptyState>
		);
	}
	return (
		<div class="card">
			<TrialControls
				readers={readers}
				reader={reader}
				phase={state.phase}
				onChoose={onChoose}
				onStart={() => {
					// Keeps the reader chosen even if another reader comes first in the list later.
					onChoose(reader.id);
					void session.start(reader.id);
				}}
				onStop={() => void session.stop()}
			/>
			<TrialStage state={state} reader={reader} />
		</div>
	);
}
