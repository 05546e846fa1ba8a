import { watch } from 'node:fs';

/**
 * Tells of every device node that comes, goes or changes its rights.
 *
 * @param onError the watch has ended by itself
 * @returns ends it
 * @throws an error of the system where the folder cannot be watched
 */
export type WatchHidraw = (onChange: () => void, onError: (error: Error) => void) => () => void;

/** `WatchHidraw` in `folder`, which is `/dev` but for tests. */
export function watchHidrawIn(folder: string): WatchHidraw {
	return (onChange, onError) => {
		const watcher = watch(folder, (_event, name) => {
			if (name === null || name.startsWith('hidraw')) onChange();
		});
		watcher.on('error', onError);
		return () => watcher.close();
	};
}
