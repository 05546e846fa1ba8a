import { useId } from 'preact/hooks';
import type { KeyView } from '../../src/operator/contract.ts';
import { PERMISSIONS } from '../../src/protocol/permissions.ts';
import { useNow } from '../components/actions/use-now.ts';
import { Badge } from '../components/badge.tsx';
import { Button } from '../components/buttons/button.tsx';
import { type Detail, DetailList } from '../components/detail-list.tsx';
import { RelativeTime } from '../components/relative-time.tsx';
import type { WindowText } from '../text/window-text.ts';
import { useText } from '../window-context.ts';

/** An expiry nearer than this is shown as a relative time. */
const RELATIVE_EXPIRY_LIMIT_MS = 48 * 60 * 60 * 1_000;

/** The actions on a key. */
export interface KeyActions {
	readonly onRotate: (key: KeyView) => void;
	readonly onRevoke: (key: KeyView) => void;
}

export interface KeyListProps {
	/** Describes the list to screen readers. */
	readonly label: string;
	readonly keys: readonly KeyView[];
	/** Omitted for revoked and expired keys. */
	readonly actions?: KeyActions;
}

/** A list of keys with their details. */
export function KeyList({ label, keys, actions }: KeyListProps) {
	return (
		<ul class="key-list" aria-label={label}>
			{keys.map((key) => (
				<li key={key.id} class="card">
					<KeyCard apiKey={key} {...(actions && { actions })} />
				</li>
			))}
		</ul>
	);
}

function KeyCard({ apiKey, actions }: { readonly apiKey: KeyView; readonly actions?: KeyActions }) {
	const text = useText();
	const id = useId();
	const { name, environment, status } = apiKey;
	return (
		<article aria-labelledby={id}>
			<div class="key-header">
				<div class="key-title">
					<h2 id={id}>{name}</h2>
					<span class="key-environment">{text.keys.environments[environment]}</span>
					<Badge tone={status === 'valid' ? 'good' : 'bad'}>{text.keys.statuses[status]}</Badge>
				</div>
				{actions && <KeyButtons apiKey={apiKey} {...actions} />}
			</div>
			<DetailList details={keyDetails(apiKey, text)} />
		</article>
	);
}

function KeyButtons({ apiKey, onRotate, onRevoke }: { readonly apiKey: KeyView } & KeyActions) {
	const { keys } = useText();
	return (
		<div class="key-buttons">
			{apiKey.replacedBy === undefined && (
				<Button label={keys.actionOn(keys.rotate, apiKey.name)} onClick={() => onRotate(apiKey)}>
					{keys.rotate}
				</Button>
			)}
			<Button label={keys.actionOn(keys.revoke, apiKey.name)} onClick={() => onRevoke(apiKey)}>
				{keys.revoke}
			</Button>
		</div>
	);
}

function keyDetails(key: KeyView, { keys, formats }: WindowText): readonly Detail[] {
	const { createdAt, lastUsedAt, origins, permissions } = key;
	const permissionNames =
		permissions.length === PERMISSIONS.length ? undefined : permissions.map((it) => keys.permissions[it].name);
	return [
		{ name: keys.facts.created, value: <RelativeTime at={Date.parse(createdAt)} /> },
		{ name: keys.facts.lastUsed, value: lastUsedAt ? <RelativeTime at={Date.parse(lastUsedAt)} /> : keys.neverUsed },
		endOfValidity(key, keys),
		{ name: keys.facts.permissions, value: permissionNames ? formats.list(permissionNames) : keys.allPermissions },
		{ name: keys.facts.origins, value: origins ? <bdi class="key-origins">{origins.join('\n')}</bdi> : keys.anyOrigin },
	];
}

/** Returns when the key was revoked, otherwise when it expires or expired, and whether that is the end of the overlap after a rotation. */
function endOfValidity({ expiresAt, revokedAt, replacedBy }: KeyView, keys: WindowText['keys']): Detail {
	if (revokedAt !== undefined)
		return { name: keys.statuses.revoked, value: <RelativeTime at={Date.parse(revokedAt)} /> };
	const name = replacedBy === undefined ? keys.facts.expires : keys.facts.overlapEnds;
	return { name, value: expiresAt ? <Expiry at={Date.parse(expiresAt)} /> : keys.neverExpires };
}

function Expiry({ at }: { readonly at: number }) {
	const { formats } = useText();
	const now = useNow();
	return (
		<time dateTime={new Date(at).toISOString()} title={formats.dateTime(at)}>
			{Math.abs(at - now) < RELATIVE_EXPIRY_LIMIT_MS ? formats.relative(at, now) : formats.date(at)}
		</time>
	);
}
