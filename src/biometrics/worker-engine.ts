import type { EnrolledTemplate } from './enrolment/enrol.ts';
import type { Extraction } from './extraction/extract-template.ts';
import type { GreyImage } from './images/grey-image.ts';
import type { Comparison } from './matching/verify.ts';
import { WorkerPool, type WorkerPoolOptions } from './worker-pool.ts';

/*
 * The only public module of this folder. Code for extraction and matching is not imported here, so that only workers and
 * callers of `loadInThreadEngine` load it.
 */
export type { DeclaredDpi } from './images/declared-dpi.ts';
export type { FloatImage } from './images/float-image.ts';
export { IMAGE_DPI, MAX_IMAGE_SIDE } from './images/image-limits.ts';
export { createValues, mapValues, reusingMemory } from './images/reused-memory.ts';
export { type FingerView, MIN_MINUTIAE } from './records/finger-view.ts';
export { decodeIsoRecord, encodeIsoRecord } from './records/iso-record.ts';
export type { Minutia, MinutiaKind } from './records/minutia.ts';
export { convertRecord, isRecord, readRecord } from './records/read-record.ts';
export { decodeTemplateText } from './records/template-text.ts';
export { usableViews } from './records/usable-views.ts';
export type { Comparison, EnrolledTemplate, Extraction, GreyImage };
export { WorkerPool };

export interface WorkerEngineOptions extends WorkerPoolOptions {
	/** The module that the workers run; default `engine-worker.ts`. */
	readonly workerUrl?: URL;
}

/** In the bundle, the worker is a JavaScript file beside this one; from source, a TypeScript file. */
const WORKER_URL = new URL(
	import.meta.url.endsWith('.ts') ? './engine-worker.ts' : './engine-worker.js',
	import.meta.url,
);

/**
 * Extracts, merges and matches templates in worker threads, so that the event loop stays free. Every method rejects as
 * `WorkerPool.run` does.
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

	/** Starts and warms up a worker in advance, for example while a finger is awaited. Returns immediately and can be repeated. */
	prepare(): void {
		this.pool.prepare('warmUp');
	}

	/** Runs `extractTemplate` in a worker thread. */
	extract(image: GreyImage): Promise<Extraction> {
		return this.runOnImage('extract', image);
	}

	/** Runs `enrol` in a worker thread. */
	enrol(templates: readonly Uint8Array[]): Promise<EnrolledTemplate | undefined> {
		return this.pool.run('enrol', templates);
	}

	/** Runs `verifyTemplate` in a worker thread. */
	verify(template: Uint8Array, candidates: readonly Uint8Array[], falseMatchRate?: number): Promise<Comparison> {
		return this.pool.run('verify', { template, candidates, falseMatchRate });
	}

	/** Runs `writePng` in a worker thread. */
	encodePng(image: GreyImage): Promise<Uint8Array> {
		return this.runOnImage('encodePng', image);
	}

	/** Terminates all workers; running calls reject with SERVICE_UNAVAILABLE. Idempotent. */
	close(): Promise<void> {
		return this.pool.close();
	}

	/** Transfers one copy, because the caller keeps its image. A buffer that is not transferred is copied twice. */
	private runOnImage<T>(task: string, image: GreyImage): Promise<T> {
		const data = image.data.slice();
		return this.pool.run(task, { ...image, data }, [data.buffer]);
	}
}

/** Loads the functions of the engine into the calling thread, for commands and tests, which may block their event loop. */
export function loadInThreadEngine() {
	return import('./in-thread-engine.ts');
}
