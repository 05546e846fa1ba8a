import { randomUUID } from 'node:crypto';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { ServiceError } from '../protocol/errors.ts';
import { codeOf, reasonOf } from './system-error.ts';

const RETRY_DELAY_MS = 20;
/** Age from which a lock without a process id is abandoned, ms: its process died, or is suspended, just after it created the file. */
const EMPTY_LOCK_TIMEOUT_MS = 1_000;

export interface FileLockOptions {
	/** How long to wait for another holder; default 5 000 ms. */
	readonly waitTimeoutMs?: number;
	/** A lock older than this is considered abandoned, even if its process runs; default 10 000 ms. */
	readonly staleAfterMs?: number;
}

/** Resolves if the caller still holds the lock. @throws ServiceError DB_QUERY_FAILED if another process has taken it over */
export type ConfirmLock = () => Promise<void>;

/**
 * Runs `action` while no other process, and no other caller in this process, runs one for the same file.
 *
 * The lock is the file `PATH.lock`, created exclusively, which contains the process id and a random text. The lock of a dead process
 * is taken over, and so is that of a process that was suspended. Such a process must not write what it read before: `action` calls
 * its argument right before it writes.
 *
 * @throws ServiceError DB_QUERY_FAILED naming the file, if it stays locked or the folder is not writable; whatever `action` throws
 */
export async function withFileLock<T>(
	path: string,
	action: (confirm: ConfirmLock) => Promise<T>,
	options: FileLockOptions = {},
): Promise<T> {
	const { waitTimeoutMs = 5_000, staleAfterMs = 10_000 } = options;
	const lock = `${path}.lock`;
	const holder = createHolder();
	const deadline = performance.now() + waitTimeoutMs;
	while (!(await tryCreate(lock, holder))) {
		if (await tryRemoveAbandoned(lock, staleAfterMs)) continue;
		if (performance.now() >= deadline) throw lockTimeoutError(path, lock);
		await delay(RETRY_DELAY_MS);
	}
	try {
		return await action(async () => {
			if (!(await isHeldBy(lock, holder))) throw lostLockError(path);
		});
	} finally {
		if (await isHeldBy(lock, holder)) await rm(lock, { force: true });
	}
}

/** Returns the content of a lock file: the process id, and a text that differs for each holder. */
function createHolder(): string {
	return `${process.pid} ${randomUUID()}`;
}

async function isHeldBy(lock: string, holder: string): Promise<boolean> {
	return (await readFile(lock, 'utf8').catch(() => undefined)) === holder;
}

async function tryCreate(lock: string, holder: string): Promise<boolean> {
	const file = await open(lock, 'wx', 0o600).catch((cause: unknown) => {
		if (codeOf(cause) === 'EEXIST') return undefined;
		throw unusableLockError(lock, cause);
	});
	if (file === undefined) return false;
	try {
		await file.writeFile(holder);
		// Another process has taken the lock over if this one was suspended before it wrote its id.
		return await isHeldBy(lock, holder);
	} catch (cause) {
		await rm(lock, { force: true });
		throw unusableLockError(lock, cause);
	} finally {
		await file.close();
	}
}

/**
 * Removes an abandoned lock, one waiter at a time: otherwise a waiter could check the old lock, and then remove the new lock that
 * another waiter has created in the meantime. The guard of a waiter that died in this function becomes abandoned like a lock; only
 * a second process that dies at the same point could then admit two waiters.
 */
async function tryRemoveAbandoned(lock: string, staleAfterMs: number): Promise<boolean> {
	if (!(await isAbandoned(lock, staleAfterMs))) return false;
	const guard = `${lock}.clearing`;
	if (!(await tryCreate(guard, createHolder()))) {
		if (await isAbandoned(guard, staleAfterMs)) await remove(guard);
		return false;
	}
	try {
		const isStillAbandoned = await isAbandoned(lock, staleAfterMs);
		if (isStillAbandoned) await remove(lock);
		return isStillAbandoned;
	} finally {
		await remove(guard);
	}
}

async function remove(lock: string): Promise<void> {
	await rm(lock, { force: true }).catch((cause: unknown) => {
		throw unusableLockError(lock, cause);
	});
}

async function isAbandoned(lock: string, staleAfterMs: number): Promise<boolean> {
	try {
		const [{ mtimeMs }, holder] = await Promise.all([stat(lock), readFile(lock, 'utf8')]);
		const ageMs = Date.now() - mtimeMs;
		if (holder === '') return ageMs > Math.min(EMPTY_LOCK_TIMEOUT_MS, staleAfterMs);
		return ageMs > staleAfterMs || !isProcessAlive(Number.parseInt(holder, 10));
	} catch (cause) {
		// The lock was released after our attempt to create it, so it is free, not abandoned.
		if (codeOf(cause) === 'ENOENT') return false;
		throw unusableLockError(lock, cause);
	}
}

/** Returns whether a process of any user has the id. */
function isProcessAlive(processId: number): boolean {
	try {
		return process.kill(processId, 0);
	} catch (cause) {
		// EPERM: the process runs as another user.
		return codeOf(cause) === 'EPERM';
	}
}

function unusableLockError(lock: string, cause: unknown): ServiceError {
	return new ServiceError('DB_QUERY_FAILED', {
		message: `${lock} cannot be used (${reasonOf(cause)}): check the permissions and the free space of its folder`,
		details: { file: lock },
		cause,
	});
}

function lostLockError(path: string): ServiceError {
	return new ServiceError('DB_QUERY_FAILED', {
		message: `${path} was not changed, because this process was suspended and another one has used the file since: try again`,
		details: { file: path },
	});
}

function lockTimeoutError(path: string, lock: string): ServiceError {
	return new ServiceError('DB_QUERY_FAILED', {
		message: `${path} is in use by another process: try again, or delete ${lock} if no other process is running`,
		details: { file: path },
	});
}
