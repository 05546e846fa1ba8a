import { useSignalEffect } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { useOperatorStore } from '../window-context.ts';
import { TrialSession } from './trial-session.ts';

/** A trial session for as long as the view is there: leaving it ends a scan and lets go of the picture. Escape stops. */
export function useTrialSession(): TrialSession {
	const store = useOperatorStore();
	const session = useMemo(() => new TrialSession(store), [store]);
	useSignalEffect(() => {
		const { readers, service } = store.topics;
		// Without the service there are no readers, but none was unplugged: the scan says itself how it ends.
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
