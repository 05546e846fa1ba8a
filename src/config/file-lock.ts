import { open, readFile, rm, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { ServiceError } from '../protocol/errors.ts';
import { codeOf, reasonOf } from './system-error.ts';

const RETRY_MS = 20;

export interface FileLockOptions {
	/** How long to wait for another holder; default 5 000 ms. */
	readonly waitMs?: number;
	/** A lock older than this was left behind, whoever made it; default 10 000 ms. */
	readonly staleMs?: number;
}

/**
 * Run `action` while no other process (nor another caller in this one) does so for the same file.
 *
 * The lock is `PATH.lock`, created exclusively and holding the process id. One left by a dead process is taken over.
 *
 * @throws ServiceError DB_QUERY_FAILED naming the file, if it stays locked or the folder is not writable; what `action` throws
 */
export async function withFileLock<T>(
	path: string,
	action: () => Promise<T>,
	options: FileLockOptions = {},
): Promise<T> {
	const { waitMs = 5_000, staleMs = 10_000 } = options;
	const lock = `${path}.lock`;
	const deadline = performance.now() + waitMs;
	while (!(await tryCreate(lock))) {
		if (await tryClear(lock, staleMs)) continue;
		if (performance.now() >= deadline) throw stillLocked(path, lock);
		await delay(RETRY_MS);
	}
	try {
		return await action();
	} finally {
		await rm(lock, { force: true });
	}
}

async function tryCreate(lock: string): Promise<boolean> {
	const file = await open(lock, 'wx', 0o600).catch((cause: unknown) => {
		if (codeOf(cause) === 'EEXIST') return undefined;
		throw unusable(lock, cause);
	});
	if (file === undefined) return false;
	try {
		await file.writeFile(String(process.pid));
		return true;
	} catch (cause) {
		await rm(lock, { force: true });
		throw unusable(lock, cause);
	} finally {
		await file.close();
	}
}

/**
 * Remove an abandoned lock, one waiter at a time: who looked before another did, and removed after it, would remove the other's
 * fresh lock. The guard of a waiter that died in here ages like a lock; only a second death in the same moment could then let two in.
 */
async function tryClear(lock: string, staleMs: number): Promise<boolean> {
	if (!(await isAbandoned(lock, staleMs))) return false;
	const guard = `${lock}.clearing`;
	if (!(await tryCreate(guard))) {
		if (await isAbandoned(guard, staleMs)) await remove(guard);
		return false;
	}
	try {
		const isStillAbandoned = await isAbandoned(lock, staleMs);
		if (isStillAbandoned) await remove(lock);
		return isStillAbandoned;
	} finally {
		await remove(guard);
	}
}

async function remove(lock: string): Promise<void> {
	await rm(lock, { force: true }).catch((cause: unknown) => {
		throw unusable(lock, cause);
	});
}

async function isAbandoned(lock: string, staleMs: number): Promise<boolean> {
	try {
		const [{ mtimeMs }, holder] = await Promise.all([stat(lock), readFile(lock, 'utf8')]);
		// The holder writes its id just after creating the file: an empty lock is a fresh one.
		return Date.now() - mtimeMs > staleMs || (holder !== '' && !isProcessAlive(Number(holder)));
	} catch (cause) {
		// Released between our attempt and this look: not abandoned, simply free again.
		if (codeOf(cause) === 'ENOENT') return false;
		throw unusable(lock, cause);
	}
}

/** Whether a process of this machine has the id, whoever runs it. */
export function isProcessAlive(processId: number): boolean {
	try {
		return process.kill(processId, 0);
	} catch (cause) {
		// EPERM: it lives, under another user.
		return codeOf(cause) === 'EPERM';
	}
}

function unusable(lock: string, cause: unknown): ServiceError {
	return new ServiceError('DB_QUERY_FAILED', {
		message: `${lock} cannot be used (${reasonOf(cause)}): check the permissions and the free space of its folder`,
		details: { file: lock },
		cause,
	});
}

function stillLocked(path: string, lock: string): ServiceError {
	return new ServiceError('DB_QUERY_FAILED', {
		message: `${path} is in use by another process: try again, or delete ${lock} if none is running`,
		details: { file: path },
	});
}
