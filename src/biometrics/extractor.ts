import { availableParallelism } from 'node:os';
import type { Piscina } from 'piscina';
import { ServiceError } from '../protocol/errors.ts';
import type { EnrolledTemplate } from './enrol.ts';
import type { Extraction } from './extract-template.ts';
import type { GreyImage } from './grey-image.ts';
import type { Comparison } from './verify.ts';

export interface ExtractorOptions {
	/** Worker threads at most, from 1; default one fewer than the machine has cores, at least 1. */
	readonly maxThreads?: number;
	/** How long a worker waits for more work before it ends, ms; default 30 000. */
	readonly idleTimeoutMs?: number;
	/** The longest an extraction may take, waiting for a thread included, ms; default 10 000: it takes tens of ms. */
	readonly timeLimitMs?: number;
	/** The module that does the work; default `extract-worker.ts`. */
	readonly workerUrl?: URL;
}

/** Bundled, door and worker lie side by side as JavaScript; from the sources as TypeScript. */
const WORKER_URL = new URL(
	import.meta.url.endsWith('.ts') ? './extract-worker.ts' : './extract-worker.js',
	import.meta.url,
);

/**
 * The door of this folder: extracts, merges and compares templates in worker threads, so that the event loop never waits for one. Threads
 * start on first need and end when idle; an extractor that is not used costs nothing.
 */
export class Extractor {
	private readonly options: ExtractorOptions;
	private pool: Promise<Piscina> | undefined;
	private isClosed = false;

	constructor(options: ExtractorOptions = {}) {
		this.options = options;
	}

	/** Load the library that runs the workers, ahead of need: it takes tens of ms, in which a scan would stand still. */
	async load(): Promise<void> {
		await this.openPool();
	}

	/** Start and warm up a worker ahead of need, as when a finger is awaited; returns at once, harmless to repeat. */
	prepare(): void {
		if (this.isClosed) return;
		this.openPool()
			.then((pool) => (pool.threads.length === 0 ? pool.run(undefined, { name: 'warmUp' }) : undefined))
			// What ails the worker is told to whoever needs it: the next extraction meets the same fault.
			.catch(() => undefined);
	}

	/**
	 * Like `extractTemplate`, in a worker thread.
	 *
	 * @throws ServiceError SERVICE_UNAVAILABLE once closed; INTERNAL_ERROR when the worker dies or takes too long, in
	 *   which case it is ended and the next call gets another
	 */
	extract(image: GreyImage): Promise<Extraction> {
		return this.run('extract', image);
	}

	/** Like `enrol`, in a worker thread. @throws ServiceError as `extract` */
	enrol(templates: readonly Uint8Array[]): Promise<EnrolledTemplate | undefined> {
		return this.run('enrol', templates);
	}

	/** Like `verify`, in a worker thread. @throws ServiceError as `extract` */
	verify(template: Uint8Array, candidates: readonly Uint8Array[]): Promise<Comparison> {
		return this.run('verify', { template, candidates });
	}

	private async run<T>(name: string, task: unknown): Promise<T> {
		if (this.isClosed) throw new ServiceError('SERVICE_UNAVAILABLE');
		try {
			const pool = await this.openPool();
			return await pool.run(task, { name, signal: AbortSignal.timeout(this.options.timeLimitMs ?? 10_000) });
		} catch (cause) {
			throw new ServiceError(this.isClosed ? 'SERVICE_UNAVAILABLE' : 'INTERNAL_ERROR', { cause });
		}
	}

	/** End all workers; extractions under way reject with SERVICE_UNAVAILABLE. Idempotent. */
	async close(): Promise<void> {
		this.isClosed = true;
		const pool = await this.pool;
		await pool?.destroy();
	}

	private openPool(): Promise<Piscina> {
		this.pool ??= this.createPool();
		return this.pool;
	}

	private async createPool(): Promise<Piscina> {
		const { Piscina } = await import('piscina');
		const pool = new Piscina({
			filename: (this.options.workerUrl ?? WORKER_URL).href,
			minThreads: 0,
			maxThreads: this.options.maxThreads ?? Math.max(1, availableParallelism() - 1),
			idleTimeout: this.options.idleTimeoutMs ?? 30_000,
		});
		// Emitted for a worker that dies between two extractions: nothing is lost, the next one starts another.
		pool.on('error', () => undefined);
		return pool;
	}
}
