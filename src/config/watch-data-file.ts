import { unwatchFile, watch, watchFile } from 'node:fs';
import { basename, dirname } from 'node:path';

const POLL_INTERVAL_MS = 1_000;

/**
 * Calls `changed` when a file may have been changed, created or deleted by any process. Duplicate and needless calls occur.
 *
 * The folder is watched instead of the file, because an atomic write replaces the file. If the folder cannot be watched (it
 * is on a network, or the system has no watches left), the file is polled once a second.
 *
 * @returns a function that stops watching; idempotent
 */
export function watchDataFile(path: string, changed: () => void): () => void {
	const poll = () => watchFile(path, { interval: POLL_INTERVAL_MS, persistent: false }, changed);
	let stopWatching = () => {};
	try {
		const watcher = watch(dirname(path), { persistent: false }, (_event, name) => {
			if (name === null || name === basename(path)) changed();
		});
		watcher.on('error', () => {
			watcher.close();
			poll();
		});
		stopWatching = () => watcher.close();
	} catch {
		poll();
	}
	return () => {
		stopWatching();
		unwatchFile(path, changed);
	};
}
