import type { Logger } from '../../src/log/logger.ts';
import type { Clock } from '../../src/time/clock.ts';

/** The longest time that all steps may take together, in ms. They normally take well below a second. */
export const QUIT_TIMEOUT_MS = 10_000;

export interface QuitSequenceOptions {
	/** Run in this order; a step that fails does not prevent the next one. */
	readonly steps: readonly (() => void | Promise<void>)[];
	/** Ends the process. */
	readonly exit: (code: number) => void;
	readonly clock: Clock;
	readonly logger: Logger;
}

/** Stops the parts of the app in order and then exits. It runs only once, and exits with code 1 after a timeout. */
export class QuitSequence {
	private readonly options: QuitSequenceOptions;
	private run: Promise<void> | undefined;

	constructor(options: QuitSequenceOptions) {
		this.options = options;
	}

	get hasBegun(): boolean {
		return this.run !== undefined;
	}

	/** Begins the sequence unless it has begun already. Resolves when every step has finished. */
	begin(): Promise<void> {
		this.run ??= this.stopEverything();
		return this.run;
	}

	private async stopEverything(): Promise<void> {
		const { steps, exit, clock, logger } = this.options;
		const cancel = clock.after(QUIT_TIMEOUT_MS, () => {
			logger.error('The service did not stop in time; the app exits without waiting', { timeoutMs: QUIT_TIMEOUT_MS });
			exit(1);
		});
		for (const step of steps) await this.runStep(step);
		cancel();
		exit(0);
	}

	private async runStep(step: () => void | Promise<void>): Promise<void> {
		try {
			await step();
		} catch (error) {
			this.options.logger.error('A part of the app did not stop cleanly', { error });
		}
	}
}
