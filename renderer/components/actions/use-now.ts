import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** Returns the current time in ms since 1970, updated every `intervalMs` (10 s), for texts such as "3 minutes ago". */
export function useNow(intervalMs = 10_000): number {
	const now = useSignal(Date.now());
	useEffect(() => {
		const timer = setInterval(() => {
			now.value = Date.now();
		}, intervalMs);
		return () => clearInterval(timer);
	}, [intervalMs, now]);
	return now.value;
}
