import { availableParallelism } from 'node:os';
import type { Piscina } from 'piscina';
import { ServiceError } from '../protocol/errors.ts';

export interface WorkerPoolOptions {
	/** Maximum number of worker threads, at least 1; default: the number of cores minus 1, at least 1. */
	readonly maxThreads?: number;
	/** How long an idle worker waits before it ends, ms; default 30 000, so that successive scans reuse it. */
	readonly idleTimeoutMs?: number;
	/** Maximum duration of a task including the wait for a thread, ms; default 10 000. Tasks take tens of ms. */
	readonly taskTimeoutMs?: number;
}

/** Worker threads that start on demand and end when idle. An unused pool uses no resources. */
export class WorkerPool {
	private readonly workerUrl: URL;
	private readonly options: WorkerPoolOptions;
	private pool: Promise<Piscina> | undefined;
	private isClosed = false;

	/** @param workerUrl the module whose exports are the tasks */
	constructor(workerUrl: URL, options: WorkerPoolOptions) {
		this.workerUrl = workerUrl;
		this.options = options;
	}

	/** Loads the library that runs the workers in advance: loading takes tens of ms, which would delay the first scan. */
	async load(): Promise<void> {
		await this.open();
	}

	/** Starts a worker in advance by running this task, unless a worker exists. Returns immediately and can be repeated. */
	prepare(task: string): void {
		if (this.isClosed) return;
		this.open()
			.then((pool) => (pool.threads.length === 0 ? pool.run(undefined, { name: task }) : undefined))
			// A failure is ignored here because the next task fails in the same way and reports it to its caller.
			.catch(() => undefined);
	}

	/**
	 * Runs a task in a worker.
	 *
	 * @param task name of the export
	 * @throws ServiceError SERVICE_UNAVAILABLE if the pool is closed; INTERNAL_ERROR if the task throws, the worker dies or
	 *   the task times out, after which the worker is terminated and the next task starts another
	 */
	async run<T>(task: string, input: unknown): Promise<T> {
		if (this.isClosed) throw new ServiceError('SERVICE_UNAVAILABLE');
		try {
			const pool = await this.open();
			return await pool.run(input, { name: task, signal: AbortSignal.timeout(this.options.taskTimeoutMs ?? 10_000) });
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

	private open(): Promise<Piscina> {
		this.pool ??= this.create();
		return this.pool;
	}

	private async create(): Promise<Piscina> {
		const { Piscina } = await import('piscina');
		const pool = new Piscina({
			filename: this.workerUrl.href,
			minThreads: 0,
			maxThreads: this.options.maxThreads ?? Math.max(1, availableParallelism() - 1),
			idleTimeout: this.options.idleTimeoutMs ?? 30_000,
		});
		// A worker died between two tasks. Nothing is lost; the next task starts another worker.
		pool.on('error', () => undefined);
		return pool;
	}
}
