import type { Clock } from './clock.ts';

/** Resolves after `delayMs`, or as soon as `signal` is aborted; never rejects, leaves no timer and no listener behind. */
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
