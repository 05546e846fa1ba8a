import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ServiceError } from '../protocol/errors.ts';
import { readDataFile, writeDataFile } from './data-folder.ts';
import { isProcessAlive, withFileLock } from './file-lock.ts';
import { watchDataFile } from './watch-data-file.ts';

const PROBE_INTERVAL_MS = 20;

/** Paths of the locks that this process holds. Any other lock with its id was left by an earlier process with the same id. */
const heldPaths = new Set<string>();

export interface ServiceLockOptions {
	/** How long a running process may take to answer that it holds the lock; default 10 000 ms. */
	readonly answerTimeoutMs?: number;
}

/**
 * Locks a data folder for one service, until this process ends or calls the returned function.
 *
 * The lock is the file `service.lock`, which contains the process id. The lock of a dead process is taken over at once. A running
 * process with that id may be an unrelated one, because ids are reused. To find out, this function creates a probe file next to
 * the lock, which the real holder deletes. No clock is involved, so a computer that was suspended causes no error.
 *
 * @returns a function that releases the lock, to be called last when the service stops; idempotent
 * @throws ServiceError CONFIGURATION_ERROR naming the folder and the process, if another service holds the lock; DB_QUERY_FAILED
 *   naming the file, if the folder is not writable
 */
export async function holdServiceLock(dataDir: string, options: ServiceLockOptions = {}): Promise<() => Promise<void>> {
	const { answerTimeoutMs = 10_000 } = options;
	const path = join(dataDir, 'service.lock');
	// One caller at a time. The timeouts are long enough not to mistake a caller that waits for an answer for a dead one.
	return withFileLock(
		path,
		async () => {
			const holder = await readHolder(path);
			if (holder !== undefined && (await isHeldBy(holder, path, answerTimeoutMs)))
				throw alreadyRunningError(dataDir, path, holder);
			return takeLock(path);
		},
		{ waitTimeoutMs: 2 * answerTimeoutMs, staleAfterMs: 3 * answerTimeoutMs },
	);
}

async function takeLock(path: string): Promise<() => Promise<void>> {
	await writeDataFile(path, String(process.pid), { mode: 0o600 });
	heldPaths.add(path);
	const stopAnswering = watchDataFile(probePath(path), () => void answerProbe(path));
	let release: Promise<void> | undefined;
	return () => {
		release ??= releaseLock(path).finally(stopAnswering);
		return release;
	};
}

async function releaseLock(path: string): Promise<void> {
	await withFileLock(path, async () => {
		heldPaths.delete(path);
		// The operator may have deleted the file, and another service may have created a new one.
		if ((await readHolder(path)) === process.pid) await rm(path, { force: true });
	});
}

async function isHeldBy(holder: number, path: string, answerTimeoutMs: number): Promise<boolean> {
	if (holder === process.pid) return heldPaths.has(path);
	const deadline = performance.now() + answerTimeoutMs;
	try {
		while (performance.now() < deadline) {
			// The holder may exit or release the lock while we wait.
			if (!isProcessAlive(holder) || (await readHolder(path)) !== holder) return false;
			await writeDataFile(probePath(path), '', { mode: 0o600 });
			await delay(PROBE_INTERVAL_MS);
			if ((await readDataFile(probePath(path))) === undefined) return true;
		}
		return false;
	} finally {
		await rm(probePath(path), { force: true });
	}
}

async function answerProbe(path: string): Promise<void> {
	// The other process repeats the probe, so the next attempt may succeed.
	await rm(probePath(path), { force: true }).catch(() => {});
}

function probePath(path: string): string {
	return `${path}.probe`;
}

/** Returns the process id in the lock; undefined if there is no lock or its content is not a process id. */
async function readHolder(path: string): Promise<number | undefined> {
	const text = (await readDataFile(path)) ?? '';
	return /^[1-9]\d*$/.test(text) ? Number(text) : undefined;
}

function alreadyRunningError(dataDir: string, path: string, holder: number): ServiceError {
	return new ServiceError('CONFIGURATION_ERROR', {
		message: `The service already runs on ${dataDir} (process ${holder}): stop that process, or choose another folder with --data-dir`,
		details: { file: path },
	});
}
