import type { Logger } from '../../src/log/logger.ts';
import type { Clock } from '../../src/time/clock.ts';

/** The stop order takes well below a second; what hangs longer than this is left behind, ms. */
export const QUIT_DEADLINE_MS = 10_000;

export interface QuitSequenceOptions {
	/** In this order, each whatever became of the one before. */
	readonly steps: readonly (() => void | Promise<void>)[];
	/** Ends the program. */
	readonly exit: (code: number) => void;
	readonly clock: Clock;
	readonly logger: Logger;
}

/** The end of the program: everything is stopped in order, once, and then it exits, at the latest after a deadline. */
export class QuitSequence {
	private readonly options: QuitSequenceOptions;
	private run: Promise<void> | undefined;

	constructor(options: QuitSequenceOptions) {
		this.options = options;
	}

	get hasBegun(): boolean {
		return this.run !== undefined;
	}

	/** Begin, unless it has begun already; resolves when everything has stopped. */
	begin(): Promise<void> {
		this.run ??= this.stopEverything();
		return this.run;
	}

	private async stopEverything(): Promise<void> {
		const { steps, exit, clock, logger } = this.options;
		const cancel = clock.after(QUIT_DEADLINE_MS, () => {
			logger.error('The service did not stop in time and is left behind', { deadlineMs: QUIT_DEADLINE_MS });
			exit(1);
		});
		for (const step of steps) await this.take(step);
		cancel();
		exit(0);
	}

	private async take(step: () => void | Promise<void>): Promise<void> {
		try {
			await step();
		} catch (error) {
			this.options.logger.error('A part of the program did not stop cleanly', { error });
		}
	}
}
