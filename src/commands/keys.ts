import type { ApiKeyRecord } from '../access/key-record.ts';
import { KeyStore } from '../access/key-store.ts';
import { prepareDataDir, resolveDataDir } from '../config/data-folder.ts';
import type { Permission } from '../protocol/permissions.ts';
import { systemClock } from '../time/clock.ts';

interface DataDirOption {
	readonly dataDir?: string;
}

export interface CreateKeyOptions extends DataDirOption {
	readonly name: string;
	readonly test?: boolean;
	readonly permissions?: Permission[];
	/** From now, ms. */
	readonly expires?: number;
	readonly origins?: string[];
}

/** Make a key; the key alone goes to stdout, so that a script can take it. */
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
		process.stderr.write(`${record.id} "${record.name}": store the key now, it cannot be shown again\n`);
		process.stdout.write(`${key}\n`);
	});
}

/** Every key that ever was; hashes stay in the file. */
export async function listKeys({ json, dataDir }: DataDirOption & { json?: boolean }): Promise<void> {
	await withKeys({ dataDir }, async (keys) => {
		const rows = keys.list().map(({ hash, ...shown }) => ({ ...shown, state: stateOf(shown) }));
		process.stdout.write(json ? `${JSON.stringify(rows, null, '\t')}\n` : toTable(rows));
	});
}

/** Revoke a key; the running service closes its connections at once. */
export async function revokeKey(id: string, { dataDir }: DataDirOption): Promise<void> {
	await withKeys({ dataDir }, async (keys) => {
		const { name } = await keys.revoke(id);
		process.stdout.write(`${id} "${name}" is revoked\n`);
	});
}

/** Replace a key; the new one alone goes to stdout, and the running service closes the connections of the old one at once. */
export async function rotateKey(id: string, { dataDir }: DataDirOption): Promise<void> {
	await withKeys({ dataDir }, async (keys) => {
		const { key, record } = await keys.rotate(id);
		process.stderr.write(
			`${record.id} "${record.name}" replaces ${id}, which is revoked: store the key now, it cannot be shown again\n`,
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

function stateOf({ revokedAt, expiresAt }: KeyRow): 'active' | 'revoked' | 'expired' {
	if (revokedAt !== undefined) return 'revoked';
	return expiresAt !== undefined && Date.parse(expiresAt) <= systemClock.now() ? 'expired' : 'active';
}

function toTable(rows: readonly (KeyRow & { state: string })[]): string {
	if (rows.length === 0) return 'No keys yet: make one with `fingerprint-service keys create --name "My page"`\n';
	const cells = rows.map((row) => [
		row.id,
		row.state,
		row.environment,
		row.name,
		row.permissions.join(','),
		row.lastUsedAt === undefined ? 'never used' : `used ${row.lastUsedAt}`,
		row.expiresAt === undefined ? '' : `expires ${row.expiresAt}`,
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
