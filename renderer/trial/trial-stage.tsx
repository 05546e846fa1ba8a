import type { ReaderView } from '../../src/operator/contract.ts';
import { settingValue } from '../carriers/chosen-setting.ts';
import { EmptyState } from '../components/messages/empty-state.tsx';
import { useOperatorStore, useText } from '../window-context.ts';
import { qualityBand } from './quality-gauge.ts';
import { ScanResult } from './scan-result.tsx';
import { TouchIllustration } from './touch-illustration.tsx';
import type { TrialState } from './trial-machine.ts';

export interface TrialStageProps {
	readonly state: TrialState;
	/** The chosen reader. */
	readonly reader: ReaderView;
}

/** The instructions, then the result. A screen reader announces each step; a failure has its own alert. */
export function TrialStage({ state, reader }: TrialStageProps) {
	return (
		<>
			<div role="status">
				<Step state={state} reader={reader} />
			</div>
			{state.phase === 'shown' && <ScanResult scan={state.scan} />}
		</>
	);
}

function Step({ state, reader }: TrialStageProps) {
	const { trial } = useText();
	switch (state.phase) {
		case 'waiting':
			return <Waiting reader={reader} />;
		case 'shown': {
			const { quality } = state.scan;
			return <p class="visually-hidden">{trial.done(quality, trial.bands[qualityBand(quality)])}</p>;
		}
		case 'ready':
		case 'failed':
			return (
				<EmptyState icon="trial" title={trial.readyTitle}>
					{trial.readyHelp}
				</EmptyState>
			);
	}
}

function Waiting({ reader }: { readonly reader: ReaderView }) {
	const { trial } = useText();
	const isAutomatic = settingValue(useOperatorStore(), 'virtual.autoTouch') !== false;
	const virtualHelp = isAutomatic ? trial.waitingVirtual : trial.waitingManual;
	return (
		<div class="scan-waiting">
			<TouchIllustration />
			<h2>{reader.isVirtual ? trial.waitingVirtualTitle : trial.waitingTitle}</h2>
			<p class="empty-state-help">{reader.isVirtual ? virtualHelp : trial.waitingHelp}</p>
		</div>
	);
}
