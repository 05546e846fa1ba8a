import { useSignalEffect } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { useOperatorStore } from '../window-context.ts';
import { TrialSession } from './trial-session.ts';

/** Returns a trial session for the life of the view. Leaving the view stops a scan and discards the image; Escape stops a scan. */
export function useTrialSession(): TrialSession {
	const store = useOperatorStore();
	const session = useMemo(() => new TrialSession(store), [store]);
	useSignalEffect(() => {
		const { readers, service } = store.topics;
		// When the service stops there are no readers, but none was unplugged. The scan reports its own end.
		if (service.value?.phase !== 'running' || readers.value === undefined) return;
		session.followReaders(readers.value.map(({ id }) => id));
	});
	useEffect(() => {
		const stopOnEscape = (event: KeyboardEvent) => {
			if (event.key === 'Escape') void session.stop();
		};
		window.addEventListener('keydown', stopOnEscape);
		return () => {
			window.removeEventListener('keydown', stopOnEscape);
			void session.close();
		};
	}, [session]);
	return session;
}
