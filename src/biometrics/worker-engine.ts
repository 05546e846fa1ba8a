import type { EnrolledTemplate } from './enrolment/enrol.ts';
import type { Extraction } from './extraction/extract-template.ts';
import type { GreyImage } from './images/grey-image.ts';
import type { Comparison } from './matching/verify.ts';
import { WorkerPool, type WorkerPoolOptions } from './worker-pool.ts';

export interface WorkerEngineOptions extends WorkerPoolOptions {
	/** The module that does the work; default `extract-worker.ts`. */
	readonly workerUrl?: URL;
}

/** Bundled, door and worker lie side by side as JavaScript; from the sources as TypeScript. */
const WORKER_URL = new URL(
	import.meta.url.endsWith('.ts') ? './engine-worker.ts' : './extract-worker.js',
	import.meta.url,
);

/**
 * The door of this folder: extracts, merges and compares templates in worker threads, so that the event loop never waits
 * for one. Every method rejects as `WorkerPool.run` does.
 */
export class WorkerEngine {
	private readonly pool: WorkerPool;

	constructor({ workerUrl = WORKER_URL, ...options }: WorkerEngineOptions = {}) {
		this.pool = new WorkerPool(workerUrl, options);
	}

	/** See `WorkerPool.load`. */
	load(): Promise<void> {
		return this.pool.load();
	}

	/** Start and warm up a worker ahead of need, as when a finger is awaited; returns at once, harmless to repeat. */
	prepare(): void {
		this.pool.prepare('warmUp');
	}

	/** Like `extractTemplate`, in a worker thread. */
	extract(image: GreyImage): Promise<Extraction> {
		return this.pool.run('extract', image);
	}

	/** Like `enrol`, in a worker thread. */
	enrol(templates: readonly Uint8Array[]): Promise<EnrolledTemplate | undefined> {
		return this.pool.run('enrol', templates);
	}

	/** Like `verify`, in a worker thread. */
	verify(template: Uint8Array, candidates: readonly Uint8Array[]): Promise<Comparison> {
		return this.pool.run('verify', { template, candidates });
	}

	/** The picture as a PNG file. */
	encodePng(image: GreyImage): Promise<Uint8Array> {
		return this.pool.run('encodePng', image);
	}

	/** End all workers; calls under way reject with SERVICE_UNAVAILABLE. Idempotent. */
	close(): Promise<void> {
		return this.pool.close();
	}
}
