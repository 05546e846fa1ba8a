import { useSignalEffect } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { useOperatorStore } from '../window-context.ts';
import { LogViewer } from './log-viewer.ts';

/** A viewer that is given the log for as long as the view is there. */
export function useLogViewer(): LogViewer {
	const { log } = useOperatorStore();
	const viewer = useMemo(() => {
		const created = new LogViewer((action) => requestAnimationFrame(action));
		// Before the first look, so that the list does not begin empty.
		created.update(log.window.peek());
		return created;
	}, [log]);
	useSignalEffect(() => viewer.update(log.window.value));
	return viewer;
}
