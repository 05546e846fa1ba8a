import type { Clock } from './clock.ts';

/** Runs `action` every `intervalMs`, first after one interval. @returns a function that stops it; idempotent */
export function repeat(clock: Clock, intervalMs: number, action: () => void): () => void {
	let cancel = () => {};
	const schedule = () => {
		cancel = clock.after(intervalMs, () => {
			schedule();
			action();
		});
	};
	schedule();
	return () => cancel();
}
