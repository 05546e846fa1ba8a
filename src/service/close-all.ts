import type { Logger } from '../log/logger.ts';

/** Runs the steps in order, each also when an earlier one failed, so that nothing stays open. Logs the failures. */
export async function closeAll(steps: readonly (() => unknown)[], logger: Logger): Promise<void> {
	for (const step of steps) {
		try {
			await step();
		} catch (error) {
			logger.error('A component of the service did not stop cleanly', { error });
		}
	}
}
