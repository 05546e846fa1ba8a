import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** The moment, ms since 1970, told anew every `everyMs` (10 s), for texts such as "3 minutes ago". */
export function useNow(everyMs = 10_000): number {
	const now = useSignal(Date.now());
	useEffect(() => {
		const timer = setInterval(() => {
			now.value = Date.now();
		}, everyMs);
		return () => clearInterval(timer);
	}, [everyMs, now]);
	return now.value;
}
