import type { Clock } from './clock.ts';

/** Resolves after `delayMs`, or as soon as `signal` is aborted. Never rejects; leaves neither timer nor listener behind. */
export function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		const end = () => {
			cancel();
			signal.removeEventListener('abort', end);
			resolve();
		};
		const cancel = clock.after(delayMs, end);
		signal.addEventListener('abort', end);
		if (signal.aborted) end();
	});
}
