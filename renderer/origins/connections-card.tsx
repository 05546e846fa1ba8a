import { useSignal } from '@preact/signals';
import type { ConnectionView } from '../../src/operator/contract.ts';
import { useAction } from '../components/actions/use-action.ts';
import { Button } from '../components/buttons/button.tsx';
import { LinkButton } from '../components/buttons/link-button.tsx';
import { Card } from '../components/card.tsx';
import { DataTable } from '../components/data-table.tsx';
import { ConfirmDialog } from '../components/dialogs/confirm-dialog.tsx';
import { EmptyState } from '../components/messages/empty-state.tsx';
import { RelativeTime } from '../components/relative-time.tsx';
import type { OriginsText } from '../text/en/origins.ts';
import { useNotify, useOperatorStore, useText } from '../window-context.ts';

/** The connected clients, each with a button to disconnect it. */
export function ConnectionsCard() {
	const { shell, origins } = useText();
	const disconnecting = useSignal<ConnectionView | undefined>(undefined);
	const connections = useOperatorStore().topics.connections.value;
	return (
		<Card title={origins.connections}>
			{connections === undefined && <p class="field-hint">{shell.unknownState}</p>}
			{connections?.length === 0 && <NoConnections />}
			{connections !== undefined && connections.length > 0 && (
				<ConnectionTable
					connections={connections}
					onDisconnect={(connection) => {
						disconnecting.value = connection;
					}}
				/>
			)}
			{disconnecting.value && (
				<DisconnectDialog
					connection={disconnecting.value}
					onClose={() => {
						disconnecting.value = undefined;
					}}
				/>
			)}
		</Card>
	);
}

interface ConnectionTableProps {
	readonly connections: readonly ConnectionView[];
	readonly onDisconnect: (connection: ConnectionView) => void;
}

function ConnectionTable({ connections, onDisconnect }: ConnectionTableProps) {
	const { origins } = useText();
	return (
		<DataTable
			caption={origins.connections}
			rows={connections}
			keyOf={({ id }) => id}
			columns={[
				{ title: origins.page, isRowHeader: true, cell: ({ origin }) => origin ?? origins.program },
				{ title: origins.key, cell: ({ keyId, name }) => (keyId === undefined ? origins.admin : name) },
				{ title: origins.since, cell: ({ since }) => <RelativeTime at={since} /> },
				{ title: origins.readers, cell: ({ readers }) => readers.join(', ') || origins.noReaders },
				{
					title: origins.action,
					cell: (connection) => (
						<Button
							label={origins.disconnectOf(connectionName(connection, origins))}
							onClick={() => onDisconnect(connection)}
						>
							{origins.disconnect}
						</Button>
					),
				},
			]}
		/>
	);
}

function DisconnectDialog(props: { readonly connection: ConnectionView; readonly onClose: () => void }) {
	const { origins } = useText();
	const store = useOperatorStore();
	const notify = useNotify();
	const name = connectionName(props.connection, origins);
	const disconnect = useAction(async () => {
		await store.call('connection:close', { id: props.connection.id });
		props.onClose();
		notify(origins.disconnected(name));
	});
	return (
		<ConfirmDialog
			title={origins.disconnectTitle(name)}
			confirm={origins.disconnect}
			action={disconnect}
			onCancel={props.onClose}
		>
			{origins.disconnectHelp}
		</ConfirmDialog>
	);
}

function NoConnections() {
	const { origins: text } = useText();
	const { service, keys, origins } = useOperatorStore().topics;
	if (service.value?.phase !== 'running') return <p class="field-hint">{text.noConnectionsStopped}</p>;
	if (origins.value?.pending.length) {
		return (
			<EmptyState icon="origins" title={text.noConnections}>
				{text.noConnectionsPending}
			</EmptyState>
		);
	}
	const hasKey = keys.value?.some(({ status }) => status === 'valid');
	return (
		<EmptyState icon="origins" title={text.noConnections} action={<LinkButton to="keys">{text.goToKeys}</LinkButton>}>
			{hasKey ? text.noConnectionsWithKey : text.noConnectionsHelp}
		</EmptyState>
	);
}

/** Returns a human-readable name for a connection: its key and its origin. */
function connectionName({ origin, keyId, name }: ConnectionView, origins: OriginsText): string {
	const key = keyId === undefined ? origins.admin : name;
	return origin === undefined ? key : `${key} (${origin})`;
}
