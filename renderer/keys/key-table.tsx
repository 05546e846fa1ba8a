import type { KeyView } from '../../src/console/contract.ts';
import { PERMISSIONS } from '../../src/protocol/permissions.ts';
import { Badge } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { Moment } from '../components/moment.tsx';
import { useNow } from '../components/use-now.ts';
import type { Text } from '../text/text.ts';
import { useText } from '../window-context.ts';

/** An expiry nearer than this is told in hours. */
const SOON_MS = 48 * 60 * 60 * 1_000;

export interface KeyTableProps {
	/** For screen readers. */
	readonly caption: string;
	readonly keys: readonly KeyView[];
	/** What can be done with a key; keys that ended have nothing. */
	readonly actions?: { readonly onRotate: (key: KeyView) => void; readonly onRevoke: (key: KeyView) => void };
}

/** Keys with everything that is known of them. */
export function KeyTable({ caption, keys, actions }: KeyTableProps) {
	const text = useText();
	const { columns } = text.keys;
	const shown: readonly Column<KeyView>[] = [
		{ title: columns.key, isRowHeader: true, cell: (key) => <KeyName apiKey={key} /> },
		{ title: columns.lastUsed, cell: (key) => <OptionalMoment at={key.lastUsedAt} otherwise={text.keys.neverUsed} /> },
		{ title: columns.expires, cell: (key) => <Expiry expiresAt={key.expiresAt} /> },
		{ title: columns.origins, cell: (key) => key.origins?.join(' ') ?? text.keys.anyOrigin },
		{ title: columns.permissions, cell: (key) => permissionsOf(key, text) },
	];
	const last: readonly Column<KeyView>[] = actions
		? [{ title: columns.actions, cell: (key) => <KeyActions apiKey={key} {...actions} /> }]
		: [];
	return <DataTable caption={caption} columns={[...shown, ...last]} rows={keys} keyOf={({ id }) => id} />;
}

function KeyName({ apiKey }: { readonly apiKey: KeyView }) {
	const { keys } = useText();
	const { name, environment, status, createdAt } = apiKey;
	return (
		<div class="key-name">
			<span>{name}</span>
			<span class="key-badges">
				<Badge tone={environment === 'live' ? 'active' : 'neutral'}>{keys.environments[environment]}</Badge>
				<Badge tone={status === 'valid' ? 'good' : 'bad'}>{keys.statuses[status]}</Badge>
			</span>
			<span class="key-created">
				{keys.created} <Moment at={Date.parse(createdAt)} />
			</span>
		</div>
	);
}

function OptionalMoment({ at, otherwise }: { readonly at: string | undefined; readonly otherwise: string }) {
	return at === undefined ? otherwise : <Moment at={Date.parse(at)} />;
}

function Expiry({ expiresAt }: { readonly expiresAt: string | undefined }) {
	const { keys, formats } = useText();
	const now = useNow();
	if (expiresAt === undefined) return keys.neverExpires;
	const at = Date.parse(expiresAt);
	return (
		<time dateTime={expiresAt} title={formats.dateTime(at)}>
			{Math.abs(at - now) < SOON_MS ? formats.relative(at, now) : formats.date(at)}
		</time>
	);
}

function KeyActions({
	apiKey,
	onRotate,
	onRevoke,
}: { readonly apiKey: KeyView } & NonNullable<KeyTableProps['actions']>) {
	const { keys } = useText();
	return (
		<div class="key-actions">
			<Button label={keys.actionOn(keys.rotate, apiKey.name)} onClick={() => onRotate(apiKey)}>
				{keys.rotate}
			</Button>
			<Button label={keys.actionOn(keys.revoke, apiKey.name)} onClick={() => onRevoke(apiKey)}>
				{keys.revoke}
			</Button>
		</div>
	);
}

function permissionsOf({ permissions }: KeyView, { keys, formats }: Text): string {
	if (permissions.length === PERMISSIONS.length) return keys.everything;
	return formats.list(permissions.map((permission) => keys.permissions[permission].name));
}
