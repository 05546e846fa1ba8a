import { Worker } from 'node:worker_threads';

/**
 * Runs beside the thread that it watches, because a case that never returns blocks the event loop. Kills the process, which fails
 * the test run.
 */
const WATCH = `
	const { writeFileSync, writeSync } = require('node:fs');
	const { counter, timeoutMs, file, failure } = require('node:worker_threads').workerData;
	let seen = -1;
	setInterval(() => {
		const number = Atomics.load(counter, 0);
		if (number === seen) {
			writeFileSync(file, JSON.stringify({ ...failure, caseThatHangs: number }) + '\\n');
			writeSync(2, 'fuzz: case ' + number + ' of ' + failure.part + ' hangs; its number and seed are saved in ' + file + '\\n');
			process.kill(process.pid, 'SIGKILL');
		}
		seen = number;
	}, timeoutMs);
`;

export interface WatchdogOptions {
	/** A case that takes twice this time, ms, is certain to be detected. */
	readonly timeoutMs: number;
	/** The file into which a case that hangs is saved. */
	readonly file: string;
	/** What is saved, besides the number of the case. */
	readonly failure: { readonly part: string; readonly seed: number };
}

/** Ends the process when one case takes too long, whether it waits or computes. */
export class Watchdog {
	private readonly counter = new Int32Array(new SharedArrayBuffer(4));
	private readonly worker: Worker;

	constructor(options: WatchdogOptions) {
		this.worker = new Worker(WATCH, { eval: true, workerData: { ...options, counter: this.counter } });
		this.worker.unref();
	}

	/** Records that the next case begins. */
	nextCase(): void {
		Atomics.add(this.counter, 0, 1);
	}

	async stop(): Promise<void> {
		await this.worker.terminate();
	}
}
