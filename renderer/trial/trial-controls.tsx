import type { ReaderView } from '../../src/operator/contract.ts';
import { Button } from '../components/buttons/button.tsx';
import { Field } from '../components/forms/field.tsx';
import { Select } from '../components/forms/select.tsx';
import type { TrialText } from '../text/en/trial.ts';
import { useText } from '../window-context.ts';
import type { TrialState } from './trial-machine.ts';

export interface TrialControlsProps {
	readonly readers: readonly ReaderView[];
	/** The chosen reader. */
	readonly reader: ReaderView;
	readonly phase: TrialState['phase'];
	readonly onChoose: (deviceId: string) => void;
	readonly onStart: () => void;
	readonly onStop: () => void;
}

/** The choice of a reader, and one button that starts and stops, so that it keeps the focus. */
export function TrialControls({ readers, reader, phase, onChoose, onStart, onStop }: TrialControlsProps) {
	const { trial, common } = useText();
	const isWaiting = phase === 'waiting';
	const actions = { ready: trial.start, waiting: trial.stop, shown: trial.again, failed: common.retry };
	return (
		<div class="trial-controls">
			<Field label={trial.reader}>
				{(control) => (
					<Select
						control={control}
						value={reader.id}
						options={readers.map((option) => ({ value: option.id, label: readerLabel(option, trial) }))}
						isDisabled={isWaiting}
						onChange={onChoose}
					/>
				)}
			</Field>
			<Button
				variant={isWaiting ? 'secondary' : 'primary'}
				icon={isWaiting ? 'stop' : 'trial'}
				onClick={isWaiting ? onStop : onStart}
			>
				{actions[phase]}
			</Button>
		</div>
	);
}

function readerLabel({ model, id, isVirtual, status }: ReaderView, trial: TrialText): string {
	if (status === 'error') return trial.faultyReader(model, id);
	return isVirtual ? trial.virtualReader(model, id) : trial.realReader(model, id);
}
