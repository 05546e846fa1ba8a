import { availableParallelism } from 'node:os';
import PQueue from 'p-queue';
import type { Piscina } from 'piscina';
import { ServiceError } from '../protocol/errors.ts';

export interface WorkerPoolOptions {
	/** Maximum number of worker threads, at least 1; default: the number of cores minus 1, at least 1. */
	readonly maxThreads?: number;
	/** How long an idle worker waits before it ends, ms; default 30 000, so that successive scans reuse it. */
	readonly idleTimeoutMs?: number;
	/** Maximum duration of a task including the wait for a thread, ms; default 10 000. Tasks take tens of ms, and those of `prepare` get half. */
	readonly taskTimeoutMs?: number;
	/** Receives the failure of a task that `prepare` runs, after which its worker is terminated. */
	readonly onPrepareFailed?: (error: unknown) => void;
}

/** Worker threads that start on demand and end when idle. An unused pool uses no resources. */
export class WorkerPool {
	private readonly workerUrl: URL;
	private readonly options: Required<Omit<WorkerPoolOptions, 'onPrepareFailed'>>;
	private readonly onPrepareFailed: (error: unknown) => void;
	/** At most one task per thread, because the pool would never run a task that waits for a worker which dies. */
	private readonly tasks: PQueue;
	private pool: Promise<Piscina> | undefined;
	private isClosed = false;

	/** @param workerUrl the module whose exports are the tasks */
	constructor(workerUrl: URL, options: WorkerPoolOptions) {
		this.workerUrl = workerUrl;
		const {
			maxThreads = Math.max(1, availableParallelism() - 1),
			idleTimeoutMs = 30_000,
			taskTimeoutMs = 10_000,
		} = options;
		this.options = { maxThreads, idleTimeoutMs, taskTimeoutMs };
		this.onPrepareFailed = options.onPrepareFailed ?? (() => {});
		this.tasks = new PQueue({ concurrency: maxThreads });
	}

	/** Loads the library that runs the workers in advance: loading takes tens of ms, which would delay the first scan. */
	async load(): Promise<void> {
		await this.open();
	}

	/**
	 * Starts a worker in advance by running this task, unless a worker exists. Returns immediately and can be repeated. A worker that
	 * does not finish is terminated early enough for a task that waits for it.
	 */
	prepare(task: string): void {
		if (this.isClosed) return;
		this.open()
			.then((pool) =>
				pool.threads.length === 0 ? this.enqueue(pool, task, undefined, this.options.taskTimeoutMs / 2) : undefined,
			)
			.catch((error: unknown) => {
				if (!this.isClosed) this.onPrepareFailed(error);
			});
	}

	/**
	 * Runs a task in a worker.
	 *
	 * @param task name of the export
	 * @param transferred buffers of the input that the worker receives without a copy; the caller can no longer use them
	 * @throws ServiceError SERVICE_UNAVAILABLE if the pool is closed; INTERNAL_ERROR if the task throws, the worker dies or
	 *   the task times out, after which the worker is terminated and the next task starts another
	 */
	async run<T>(task: string, input: unknown, transferred: readonly ArrayBuffer[] = []): Promise<T> {
		if (this.isClosed) throw new ServiceError('SERVICE_UNAVAILABLE');
		try {
			const pool = await this.open();
			return await this.enqueue(pool, task, input, this.options.taskTimeoutMs, transferred);
		} catch (cause) {
			throw new ServiceError(this.isClosed ? 'SERVICE_UNAVAILABLE' : 'INTERNAL_ERROR', { cause });
		}
	}

	/** Terminates all workers; running tasks reject with SERVICE_UNAVAILABLE. Idempotent. */
	async close(): Promise<void> {
		this.isClosed = true;
		const pool = await this.pool;
		await pool?.destroy();
	}

	private enqueue<T>(
		pool: Piscina,
		name: string,
		input: unknown,
		timeoutMs: number,
		transferred: readonly ArrayBuffer[] = [],
	): Promise<T> {
		const signal = AbortSignal.timeout(timeoutMs);
		const start = () => {
			// A destroyed pool would start workers again.
			if (this.isClosed) throw new Error('The pool was closed before the task began');
			return pool.run(input, { name, signal, transferList: [...transferred] });
		};
		return this.tasks.add(start, { signal });
	}

	private open(): Promise<Piscina> {
		this.pool ??= this.create();
		return this.pool;
	}

	private async create(): Promise<Piscina> {
		const { Piscina } = await import('piscina');
		const pool = new Piscina({
			filename: this.workerUrl.href,
			minThreads: 0,
			maxThreads: this.options.maxThreads,
			idleTimeout: this.options.idleTimeoutMs,
			// The histograms take hundreds of kilobytes for each pool and are never read.
			recordTiming: false,
			// An image is freed with the small object that refers to it. With more space for those, 64 MB of images accumulate first.
			resourceLimits: { maxYoungGenerationSizeMb: 2 },
		});
		// A worker died between two tasks. Nothing is lost; the next task starts another worker.
		pool.on('error', () => undefined);
		return pool;
	}
}
