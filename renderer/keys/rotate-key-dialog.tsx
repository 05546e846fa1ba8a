import { useSignal } from '@preact/signals';
import type { IssuedKey, KeyView } from '../../src/operator/contract.ts';
import { useAction } from '../components/actions/use-action.ts';
import { ConfirmDialog } from '../components/dialogs/confirm-dialog.tsx';
import { Field } from '../components/forms/field.tsx';
import { Select } from '../components/forms/select.tsx';
import { useOperatorStore, useText } from '../window-context.ts';
import { countConnections, listPredecessors } from './key-groups.ts';
import { OVERLAP_CHOICES, OVERLAP_MS, type OverlapChoice } from './key-overlap.ts';

export interface RotateKeyDialogProps {
	readonly apiKey: KeyView;
	readonly onCancel: () => void;
	readonly onIssued: (issued: IssuedKey) => void;
}

/** Asks how long the old key stays valid before a key is replaced, and says how many pages will be disconnected. */
export function RotateKeyDialog({ apiKey, onCancel, onIssued }: RotateKeyDialogProps) {
	const { keys } = useText();
	const store = useOperatorStore();
	const overlap = useSignal<OverlapChoice>('none');
	const rotate = useAction(async () => {
		onIssued(await store.call('key:rotate', { id: apiKey.id, overlapMs: OVERLAP_MS[overlap.value] }));
	});
	return (
		<ConfirmDialog
			title={keys.rotating.title(apiKey.name)}
			confirm={keys.rotate}
			action={rotate}
			onCancel={onCancel}
			fields={
				<Field label={keys.rotating.overlap}>
					{(control) => (
						<Select
							control={control}
							value={overlap.value}
							options={OVERLAP_CHOICES.map((value) => ({ value, label: keys.rotating.overlaps[value] }))}
							onChange={(chosen) => {
								overlap.value = chosen;
							}}
						/>
					)}
				</Field>
			}
		>
			{keys.rotating.help} {overlap.value === 'none' ? <EndOfOldKey apiKey={apiKey} /> : keys.rotating.overlapping}
		</ConfirmDialog>
	);
}

/** What happens if the old key ends at once. */
function EndOfOldKey({ apiKey }: Pick<RotateKeyDialogProps, 'apiKey'>) {
	const { keys } = useText();
	const { topics } = useOperatorStore();
	const predecessors = listPredecessors(apiKey.id, topics.keys.value);
	const connected = countConnections([apiKey.id, ...predecessors], topics.connections.value);
	return (
		<>
			{connected === 0 ? keys.rotating.unused : keys.rotating.connected(connected)}
			{predecessors.length > 0 && ` ${keys.endsPredecessors}`}
		</>
	);
}
