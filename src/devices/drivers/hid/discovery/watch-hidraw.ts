import { watch } from 'node:fs';

/**
 * Watches for device nodes that are created, deleted, or whose permissions change.
 *
 * @param onError called when the watch has failed; no change is reported afterwards
 * @returns a function that ends the watch
 * @throws a system error when the folder cannot be watched
 */
export type WatchHidraw = (onChange: () => void, onError: (error: Error) => void) => () => void;

/** Creates a `WatchHidraw` for `folder`, which is `/dev` outside tests. */
export function watchHidrawIn(folder: string): WatchHidraw {
	return (onChange, onError) => {
		const watcher = watch(folder, (_event, name) => {
			if (name === null || name.startsWith('hidraw')) onChange();
		});
		watcher.on('error', onError);
		return () => watcher.close();
	};
}
