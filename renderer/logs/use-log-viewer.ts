import { useSignalEffect } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { useOperatorStore } from '../window-context.ts';
import { LogViewer } from './log-viewer.ts';

/** Returns a viewer that follows the log for the life of the view. */
export function useLogViewer(): LogViewer {
	const { log } = useOperatorStore();
	const viewer = useMemo(() => {
		const created = new LogViewer((action) => requestAnimationFrame(action));
		// Set before the first render, so that the list does not start empty.
		created.update(log.window.peek());
		return created;
	}, [log]);
	useSignalEffect(() => viewer.update(log.window.value));
	return viewer;
}
