import type { KeyView } from '../../src/operator/contract.ts';
import { useAction } from '../components/actions/use-action.ts';
import { ConfirmDialog } from '../components/dialogs/confirm-dialog.tsx';
import { useNotify, useOperatorStore, useText } from '../window-context.ts';
import { countConnections, listPredecessors } from './key-groups.ts';

/** Asks before a key is revoked and names the number of pages that will be disconnected. */
export function RevokeKeyDialog({ apiKey, onClose }: { readonly apiKey: KeyView; readonly onClose: () => void }) {
	const { keys, shell } = useText();
	const store = useOperatorStore();
	const notify = useNotify();
	const revoke = useAction(async () => {
		await store.call('key:revoke', { id: apiKey.id });
		notify(keys.revoking.done(apiKey.name));
		onClose();
	});
	const connections = store.topics.connections.value;
	const predecessors = listPredecessors(apiKey.id, store.topics.keys.value);
	const connected = countConnections([apiKey.id, ...predecessors], connections);
	return (
		<ConfirmDialog title={keys.revoking.title(apiKey.name)} confirm={keys.revoke} action={revoke} onCancel={onClose}>
			{connections === undefined && shell.unknownState}
			{connections && (connected === 0 ? keys.revoking.unused : keys.revoking.connected(connected))}
			{predecessors.length > 0 && ` ${keys.endsPredecessors}`}
		</ConfirmDialog>
	);
}
