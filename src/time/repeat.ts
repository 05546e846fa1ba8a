import type { Clock } from './clock.ts';

/** Run `action` every `intervalMs`, the first time after that long. @returns ends it; idempotent */
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
