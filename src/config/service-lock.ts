import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ServiceError } from '../protocol/errors.ts';
import { readDataFile, writeDataFile } from './data-folder.ts';
import { isProcessAlive, withFileLock } from './file-lock.ts';
import { watchDataFile } from './watch-data-file.ts';

const LOOK_MS = 20;

/** Locks that this process holds: one with its id that is not among them was left by an earlier process of the same id. */
const heldHere = new Set<string>();

export interface ServiceLockOptions {
	/** How long a living process may take to show that the lock is its own; default 10 000 ms. */
	readonly patienceMs?: number;
}

/**
 * Hold a data folder for one service, in whatever program it runs, until this process ends or calls what it gets.
 *
 * The lock is `service.lock`, with the process id. One of a dead process is taken over at once. A living process of that id
 * need not be the holder, as ids are used again: whoever wants the lock puts a file, the knock, beside it, and the
 * true holder takes it away. So nothing depends on clocks, and a PC that sleeps does no harm.
 *
 * @returns gives the lock back, as the last thing that a service does; idempotent
 * @throws ServiceError CONFIGURATION_ERROR naming folder and process, if a service holds it; DB_QUERY_FAILED naming the
 *   file, if the folder is not writable
 */
export async function holdServiceLock(dataDir: string, options: ServiceLockOptions = {}): Promise<() => Promise<void>> {
	const { patienceMs = 10_000 } = options;
	const path = join(dataDir, 'service.lock');
	// One starter at a time; the one that waits for an answer must not be taken for dead.
	return withFileLock(
		path,
		async () => {
			const holder = await readHolder(path);
			if (holder !== undefined && (await isHeldBy(holder, path, patienceMs))) throw alreadyRuns(dataDir, path, holder);
			return hold(path);
		},
		{ waitMs: 2 * patienceMs, staleMs: 3 * patienceMs },
	);
}

async function hold(path: string): Promise<() => Promise<void>> {
	await writeDataFile(path, String(process.pid), { mode: 0o600 });
	heldHere.add(path);
	const stopAnswering = watchDataFile(knockOf(path), () => void answer(path));
	let release: Promise<void> | undefined;
	return () => {
		release ??= letGo(path).finally(stopAnswering);
		return release;
	};
}

async function letGo(path: string): Promise<void> {
	await withFileLock(path, async () => {
		heldHere.delete(path);
		// Somebody may have deleted it by hand, and another service begun.
		if ((await readHolder(path)) === process.pid) await rm(path, { force: true });
	});
}

async function isHeldBy(holder: number, path: string, patienceMs: number): Promise<boolean> {
	if (holder === process.pid) return heldHere.has(path);
	const deadline = performance.now() + patienceMs;
	try {
		while (performance.now() < deadline) {
			// It may end or let go while we wait.
			if (!isProcessAlive(holder) || (await readHolder(path)) !== holder) return false;
			await writeDataFile(knockOf(path), '', { mode: 0o600 });
			await delay(LOOK_MS);
			if ((await readDataFile(knockOf(path))) === undefined) return true;
		}
		return false;
	} finally {
		await rm(knockOf(path), { force: true });
	}
}

async function answer(path: string): Promise<void> {
	// Whoever knocks does so again and again: the next time may succeed.
	await rm(knockOf(path), { force: true }).catch(() => {});
}

function knockOf(path: string): string {
	return `${path}.knock`;
}

/** Process id; undefined if there is no lock, or none that a service wrote. */
async function readHolder(path: string): Promise<number | undefined> {
	const text = (await readDataFile(path)) ?? '';
	return /^[1-9]\d*$/.test(text) ? Number(text) : undefined;
}

function alreadyRuns(dataDir: string, path: string, holder: number): ServiceError {
	return new ServiceError('CONFIGURATION_ERROR', {
		message: `The service already runs on ${dataDir} (process ${holder}): stop that one, or use another --data-dir`,
		details: { file: path },
	});
}
