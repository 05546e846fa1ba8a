import { availableParallelism } from 'node:os';
import type { Piscina } from 'piscina';
import { ServiceError } from '../protocol/errors.ts';

export interface WorkerPoolOptions {
	/** Worker threads at most, from 1; default one fewer than the machine has cores, at least 1. */
	readonly maxThreads?: number;
	/** How long a worker waits for more work before it ends, ms; default 30 000: a burst finds it warm, a resting service pays nothing. */
	readonly idleTimeoutMs?: number;
	/** The longest a task may take, waiting for a thread included, ms; default 10 000: tasks take tens of ms. */
	readonly timeLimitMs?: number;
}

/** Worker threads that start on first need and end when idle; a pool that is not used costs nothing. */
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

	/** Load the library that runs the workers, ahead of need: it takes tens of ms, in which a scan would stand still. */
	async load(): Promise<void> {
		await this.open();
	}

	/** Start a worker ahead of need by letting it do this task, unless there is one; returns at once, harmless to repeat. */
	prepare(task: string): void {
		if (this.isClosed) return;
		this.open()
			.then((pool) => (pool.threads.length === 0 ? pool.run(undefined, { name: task }) : undefined))
			// What ails the worker is told to whoever needs it: the next task meets the same fault.
			.catch(() => undefined);
	}

	/**
	 * Let a worker do a task.
	 *
	 * @param task name of the export
	 * @throws ServiceError SERVICE_UNAVAILABLE once closed; INTERNAL_ERROR when the worker dies or takes too long, in
	 *   which case it is ended and the next task gets another
	 */
	async run<T>(task: string, input: unknown): Promise<T> {
		if (this.isClosed) throw new ServiceError('SERVICE_UNAVAILABLE');
		try {
			const pool = await this.open();
			return await pool.run(input, { name: task, signal: AbortSignal.timeout(this.options.timeLimitMs ?? 10_000) });
		} catch (cause) {
			throw new ServiceError(this.isClosed ? 'SERVICE_UNAVAILABLE' : 'INTERNAL_ERROR', { cause });
		}
	}

	/** End all workers; tasks under way reject with SERVICE_UNAVAILABLE. Idempotent. */
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
		// Emitted for a worker that dies between two tasks: nothing is lost, the next one starts another.
		pool.on('error', () => undefined);
		return pool;
	}
}
