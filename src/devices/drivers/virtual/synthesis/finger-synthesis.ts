import { type GreyImage, WorkerPool } from '../../../../biometrics/worker-engine.ts';
import type { TouchParameters } from '../touch.ts';

/** Creates the images of virtual readers. */
export interface FingerSynthesis {
	/** Returns an image of 300 x 375 pixels at 500 dpi, always the same for the same touch. */
	synthesise(touch: TouchParameters): Promise<GreyImage>;
}

/** URL of the worker, which is next to this file: a JavaScript file in the bundle, a TypeScript file in the sources. */
const WORKER_URL = new URL(
	import.meta.url.endsWith('.ts') ? './synthesis-worker.ts' : './synthesis-worker.js',
	import.meta.url,
);

/** Synthesises images in one worker thread, which starts on the first call, so that the main thread never blocks. */
export class WorkerSynthesis implements FingerSynthesis {
	private readonly pool = new WorkerPool(WORKER_URL, { maxThreads: 1 });

	/** Rejects as `WorkerPool.run` does. */
	synthesise(touch: TouchParameters): Promise<GreyImage> {
		return this.pool.run('synthesise', touch);
	}

	/** Terminates the thread; running calls reject with SERVICE_UNAVAILABLE. Idempotent. */
	close(): Promise<void> {
		return this.pool.close();
	}
}
