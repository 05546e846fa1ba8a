import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Age from which a temporary file belongs to a program that was killed, ms. A write takes milliseconds. */
const MIN_AGE_MS = 60_000;

/** Files of the data folder that are written atomically or locked. */
const FILE = String.raw`(?:[\w-]+\.json|secret|identity|run\.sock)`;

const LEFTOVERS = [
	/** Written before it replaces the file; see `getTmpname` of write-file-atomic. */
	new RegExp(`^${FILE}\\.\\d{1,10}$`),
	/** See `withFileLock`. */
	new RegExp(`^${FILE}\\.lock(?:\\.clearing)?$`),
	/** Socket of a lock that was not taken; see `ServiceLock`. */
	/^run\.[\da-f]{4}$/,
	/** Lock of versions before 0.2. */
	/^service\.lock(?:\.\w+)*$/,
];

/**
 * Removes files that killed programs have left in the data folder.
 *
 * @param now milliseconds since 1970, by the clock of the file system; only files that are a minute older, or newer, are removed
 * @returns the names of the removed files
 */
export async function removeLeftovers(dataDir: string, now: number): Promise<readonly string[]> {
	const names = (await readdir(dataDir)).filter((name) => LEFTOVERS.some((pattern) => pattern.test(name)));
	const removed = await Promise.all(
		names.map(async (name) => {
			const path = join(dataDir, name);
			try {
				const { mtimeMs } = await stat(path);
				// A file from the future was written before the clock was set back.
				if (Math.abs(now - mtimeMs) < MIN_AGE_MS) return [];
				await rm(path);
				return [name];
			} catch {
				// Another program has just removed it, or it cannot be removed, which does no harm.
				return [];
			}
		}),
	);
	return removed.flat();
}
