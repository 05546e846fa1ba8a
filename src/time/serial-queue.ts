import PQueue from 'p-queue';

/** Runs asynchronous work one piece at a time, in the order in which it was added. */
export class SerialQueue {
	private readonly queue = new PQueue({ concurrency: 1 });

	/** Runs `work` after everything added before it, also when some of that failed. Settles as `work` does. */
	run<T>(work: () => T | Promise<T>): Promise<T> {
		return this.queue.add(async () => work());
	}

	/** Resolves once nothing waits and nothing runs. */
	idle(): Promise<void> {
		return this.queue.onIdle();
	}
}
