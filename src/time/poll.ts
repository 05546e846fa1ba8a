import type { Clock } from './clock.ts';

export interface PollOptions {
	readonly clock: Clock;
	/** Time from the end of one attempt to the start of the next, ms. */
	readonly pauseMs: number;
	/** Aborting it rejects immediately with its reason; the result of an attempt under way is dropped. */
	readonly signal: AbortSignal;
}

/** Repeats an attempt until it returns a value or rejects. */
export function poll<T>(attempt: () => Promise<T | undefined>, { clock, pauseMs, signal }: PollOptions): Promise<T> {
	return new Promise((resolve, reject) => {
		let cancelPause = () => {};
		const onAbort = () => {
			cancelPause();
			reject(signal.reason);
		};
		const end = (settle: () => void) => {
			signal.removeEventListener('abort', onAbort);
			settle();
		};
		const step = () => {
			attempt().then(
				(value) => {
					if (value !== undefined) end(() => resolve(value));
					else if (!signal.aborted) cancelPause = clock.after(pauseMs, step);
				},
				(thrown: unknown) => end(() => reject(thrown)),
			);
		};
		signal.addEventListener('abort', onAbort, { once: true });
		step();
	});
}
