import type { IssuedKey, KeyView } from '../../src/operator/contract.ts';
import { useAction } from '../components/actions/use-action.ts';
import { ConfirmDialog } from '../components/dialogs/confirm-dialog.tsx';
import { useOperatorStore, useText } from '../window-context.ts';
import { countConnections } from './key-groups.ts';

export interface RotateKeyDialogProps {
	readonly apiKey: KeyView;
	readonly onCancel: () => void;
	readonly onIssued: (issued: IssuedKey) => void;
}

/** Asks before a key gets a new secret, and says how many pages will be disconnected. */
export function RotateKeyDialog({ apiKey, onCancel, onIssued }: RotateKeyDialogProps) {
	const { keys } = useText();
	const store = useOperatorStore();
	const rotate = useAction(async () => onIssued(await store.call('key:rotate', { id: apiKey.id })));
	const connected = countConnections(apiKey.id, store.topics.connections.value);
	return (
		<ConfirmDialog title={keys.rotating.title(apiKey.name)} confirm={keys.rotate} action={rotate} onCancel={onCancel}>
			{connected === 0 ? keys.rotating.unused : keys.rotating.connected(connected)}
		</ConfirmDialog>
	);
}
