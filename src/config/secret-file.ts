import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ServiceError } from '../protocol/errors.ts';
import { readDataFile, writeDataFile } from './data-folder.ts';
import { withFileLock } from './file-lock.ts';

/** Length of the secret, bytes: HS256 requires a key at least as long as its hash (RFC 7518, section 3.2). */
const SECRET_BYTES = 32;

/**
 * Reads the `secret` of the data folder, or creates it on first use. Everyone who can read that file is an administrator.
 *
 * @param lost the secret to write back if the file is missing; default: a new one
 * @throws ServiceError CONFIGURATION_ERROR if the secret is damaged or unreadable, DB_QUERY_FAILED if it cannot be created
 */
export async function openSecret(dataDir: string, lost?: Uint8Array): Promise<Uint8Array> {
	const existing = await readSecret(dataDir);
	if (existing !== undefined) return existing;
	const path = secretPath(dataDir);
	return withFileLock(path, async (confirm) => {
		// Another process may have created it while this one waited for the lock.
		const created = await readSecret(dataDir);
		if (created !== undefined) return created;
		const secret = lost ?? new Uint8Array(randomBytes(SECRET_BYTES));
		await confirm();
		await writeDataFile(path, `${Buffer.from(secret).toString('base64url')}\n`, { mode: 0o600 });
		return secret;
	});
}

/** Reads the secret; `undefined` if there is none. @throws ServiceError CONFIGURATION_ERROR as `openSecret` does */
export async function readSecret(dataDir: string): Promise<Uint8Array | undefined> {
	const path = secretPath(dataDir);
	const text = (await readDataFile(path))?.trim();
	if (text === undefined) return undefined;
	const secret = new Uint8Array(Buffer.from(text, 'base64url'));
	if (/^[\w-]+$/.test(text) && secret.length >= SECRET_BYTES) return secret;
	throw new ServiceError('CONFIGURATION_ERROR', {
		message: `${path} is damaged: move the file away and start again to create a new one; admin tokens issued before become invalid`,
		details: { file: path },
	});
}

function secretPath(dataDir: string): string {
	return join(dataDir, 'secret');
}
