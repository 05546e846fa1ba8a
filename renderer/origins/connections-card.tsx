import { useSignal } from '@preact/signals';
import type { ConnectionView } from '../../src/operator/contract.ts';
import { useAction } from '../components/actions/use-action.ts';
import { Button } from '../components/button.tsx';
import { Card } from '../components/card.tsx';
import { ConfirmDialog } from '../components/confirm-dialog.tsx';
import { DataTable } from '../components/data-table.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { LinkButton } from '../components/link-button.tsx';
import { Moment } from '../components/moment.tsx';
import type { PagesText } from '../text/en/origins.ts';
import { useConsole, useNotify, useText } from '../window-context.ts';

/** Who is connected, with a way to end it. */
export function ConnectionsCard() {
	const { pages } = useText();
	const leaving = useSignal<ConnectionView | undefined>(undefined);
	const connections = useConsole().topics.connections.value ?? [];
	return (
		<Card title={pages.connections}>
			{connections.length === 0 && <NoConnections />}
			{connections.length > 0 && (
				<ConnectionTable
					connections={connections}
					onDisconnect={(connection) => {
						leaving.value = connection;
					}}
				/>
			)}
			{leaving.value && (
				<DisconnectDialog
					connection={leaving.value}
					onClose={() => {
						leaving.value = undefined;
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
	const { pages } = useText();
	return (
		<DataTable
			caption={pages.connections}
			rows={connections}
			keyOf={({ id }) => id}
			columns={[
				{ title: pages.page, isRowHeader: true, cell: ({ origin }) => origin ?? pages.program },
				{ title: pages.key, cell: ({ keyId, name }) => (keyId === undefined ? pages.admin : name) },
				{ title: pages.since, cell: ({ since }) => <Moment at={since} /> },
				{ title: pages.readers, cell: ({ readers }) => readers.join(', ') || pages.noReaders },
				{
					title: pages.action,
					cell: (connection) => (
						<Button label={pages.disconnectOf(nameOf(connection, pages))} onClick={() => onDisconnect(connection)}>
							{pages.disconnect}
						</Button>
					),
				},
			]}
		/>
	);
}

function DisconnectDialog(props: { readonly connection: ConnectionView; readonly onClose: () => void }) {
	const { pages } = useText();
	const store = useConsole();
	const notify = useNotify();
	const name = nameOf(props.connection, pages);
	const disconnect = useAction(async () => {
		await store.call('connection:close', { id: props.connection.id });
		props.onClose();
		notify(pages.disconnected(name));
	});
	return (
		<ConfirmDialog
			title={pages.disconnectTitle(name)}
			confirm={pages.disconnect}
			action={disconnect}
			onCancel={props.onClose}
		>
			{pages.disconnectHelp}
		</ConfirmDialog>
	);
}

function NoConnections() {
	const { pages } = useText();
	const isRunning = useConsole().topics.service.value?.phase === 'running';
	if (!isRunning) return <p class="field-hint">{pages.noConnectionsStopped}</p>;
	return (
		<EmptyState icon="pages" title={pages.noConnections} action={<LinkButton to="keys">{pages.goToKeys}</LinkButton>}>
			{pages.noConnectionsHelp}
		</EmptyState>
	);
}

/** How people know a connection: by its page and its key. */
function nameOf({ origin, keyId, name }: ConnectionView, pages: PagesText): string {
	const key = keyId === undefined ? pages.admin : name;
	return origin === undefined ? key : `${key} (${origin})`;
}
