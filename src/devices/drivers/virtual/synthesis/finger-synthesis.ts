import { type GreyImage, WorkerPool } from '../../../../biometrics/worker-engine.ts';
import type { Touch } from '../touch.ts';

/** Who draws what a virtual reader sees. */
export interface FingerSynthesis {
	/** @returns 300 x 375 pixels at 500 dpi, the same for the same touch */
	synthesise(touch: Touch): Promise<GreyImage>;
}

/** Bundled, synthesis and worker lie side by side as JavaScript; from the sources as TypeScript. */
const WORKER_URL = new URL(
	import.meta.url.endsWith('.ts') ? './synthesis-worker.ts' : './synthesis-worker.js',
	import.meta.url,
);

/** Draws in one worker thread, started on the first drawing, so that the main thread never blocks. */
export class WorkerSynthesis implements FingerSynthesis {
	private readonly pool = new WorkerPool(WORKER_URL, { maxThreads: 1 });

	/** Rejects as `WorkerPool.run` does. */
	synthesise(touch: Touch): Promise<GreyImage> {
		return this.pool.run('draw', touch);
	}

	/** Ends the thread; drawings under way reject with SERVICE_UNAVAILABLE. Idempotent. */
	close(): Promise<void> {
		return this.pool.close();
	}
}
