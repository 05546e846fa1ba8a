import { unwatchFile, watch, watchFile } from 'node:fs';
import { basename, dirname } from 'node:path';

const POLL_MS = 1_000;

/**
 * Call `changed` when a file may have changed, appeared or gone, whoever did it; calls may come in pairs or for nothing.
 *
 * The folder is watched, not the file: an atomic write puts another file in its place. Where the system cannot watch
 * (its watches are used up, the folder is on a network), the file is looked at once a second.
 *
 * @returns stops watching; idempotent
 */
export function watchDataFile(path: string, changed: () => void): () => void {
	const poll = () => watchFile(path, { interval: POLL_MS, persistent: false }, changed);
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
