import { auditedKey } from '../access/audited-key.ts';
import { type ApiKeyRecord, isExpired } from '../access/key-record.ts';
import { KeyStore } from '../access/key-store.ts';
import { prepareDataDir, resolveDataDir } from '../config/data-folder.ts';
import type { Permission } from '../protocol/permissions.ts';
import { systemClock } from '../time/clock.ts';
import { auditCommand, BY_COMMAND } from './audit-command.ts';

interface DataDirOption {
	readonly dataDir?: string;
}

export interface CreateKeyOptions extends DataDirOption {
	readonly name: string;
	readonly test?: boolean;
	readonly permissions?: Permission[];
	/** Validity from now, ms. */
	readonly expires?: number;
	readonly origins?: string[];
}

/** Creates a key. Only the key goes to stdout, so that a script can use it. */
export async function createKey({
	name,
	test,
	permissions,
	expires,
	origins,
	dataDir,
}: CreateKeyOptions): Promise<void> {
	await withKeys({ dataDir }, async (keys) => {
		const { key, record } = await keys.create({
			name,
			environment: test ? 'test' : 'live',
			...(permissions && { permissions }),
			...(expires !== undefined && { expiresAt: systemClock.now() + expires }),
			...(origins && { origins }),
		});
		await auditCommand(dataDir, { event: 'key:created', ...auditedKey(record), by: BY_COMMAND });
		process.stderr.write(`${record.id} "${record.name}": store the key now, because it cannot be shown again\n`);
		process.stdout.write(`${key}\n`);
	});
}

/** Prints every key, including revoked ones, without the hashes. */
export async function listKeys({ json, dataDir }: DataDirOption & { json?: boolean }): Promise<void> {
	await withKeys({ dataDir }, async (keys) => {
		const rows = keys.list().map(({ hash, ...shown }) => ({ ...shown, state: stateOf(shown) }));
		process.stdout.write(json ? `${JSON.stringify(rows, null, '\t')}\n` : toTable(rows));
	});
}

/** Revokes a key and those it has replaced with an overlap. A running service closes its connections immediately. */
export async function revokeKey(id: string, { dataDir }: DataDirOption): Promise<void> {
	await withKeys({ dataDir }, async (keys) => {
		const record = await keys.revoke(id);
		await auditCommand(dataDir, { event: 'key:revoked', ...auditedKey(record), by: BY_COMMAND });
		process.stdout.write(`${id} "${record.name}" is revoked\n`);
	});
}

/**
 * Replaces a key. Only the new key goes to stdout. A running service closes the connections of the old one immediately, or after the
 * overlap.
 *
 * @param options.overlap time for which the old key stays valid, ms; default 0
 */
export async function rotateKey(id: string, { overlap, dataDir }: DataDirOption & { overlap?: number }): Promise<void> {
	await withKeys({ dataDir }, async (keys) => {
		const { key, record } = await keys.rotate(id, overlap);
		await auditCommand(dataDir, { event: 'key:rotated', replaces: id, ...auditedKey(record), by: BY_COMMAND });
		const old = keys.list().find((it) => it.id === id);
		const state = old?.revokedAt === undefined ? `is valid until ${old?.expiresAt}` : 'is revoked';
		process.stderr.write(
			`${record.id} "${record.name}" replaces ${id}, which ${state}: store the key now, because it cannot be shown again\n`,
		);
		process.stdout.write(`${key}\n`);
	});
}

async function withKeys({ dataDir: flag }: { dataDir: string | undefined }, action: (keys: KeyStore) => Promise<void>) {
	const dataDir = resolveDataDir({ flag, env: process.env });
	await prepareDataDir(dataDir);
	const keys = await KeyStore.open({ dataDir, clock: systemClock });
	try {
		await action(keys);
	} finally {
		await keys.close();
	}
}

type KeyRow = Omit<ApiKeyRecord, 'hash'>;

function stateOf(key: KeyRow): 'active' | 'revoked' | 'expired' {
	if (key.revokedAt !== undefined) return 'revoked';
	return isExpired(key, systemClock.now()) ? 'expired' : 'active';
}

function toTable(rows: readonly (KeyRow & { state: string })[]): string {
	if (rows.length === 0)
		return 'There are no keys yet: create one with `fingerprint-service keys create --name "My page"`\n';
	const cells = rows.map((row) => [
		row.id,
		row.state,
		row.environment,
		row.name,
		row.permissions.join(','),
		row.lastUsedAt === undefined ? 'never used' : `used ${row.lastUsedAt}`,
		row.expiresAt === undefined ? '' : `expires ${row.expiresAt}`,
		row.replacedBy === undefined ? '' : `replaced by ${row.replacedBy}`,
		(row.origins ?? []).join(','),
	]);
	const widths = cells[0]?.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length))) ?? [];
	const lines = cells.map((row) =>
		row
			.map((cell, column) => cell.padEnd(widths[column] ?? 0))
			.join('  ')
			.trimEnd(),
	);
	return `${lines.join('\n')}\n`;
}
