import type { Piscina } from 'piscina';
import type { GreyImage } from '../../../biometrics/grey-image.ts';
import { ServiceError } from '../../../protocol/errors.ts';
import type { Touch } from './touch.ts';

/** Who draws what a virtual reader sees. */
export interface Artist {
	/** @returns 300 x 375 pixels at 500 dpi, the same for the same touch */
	draw(touch: Touch): Promise<GreyImage>;
}

/** How long the thread stays after a drawing, ms: a burst of scans finds it warm, a resting service pays nothing. */
const IDLE_TIMEOUT_MS = 30_000;

/** Bundled, artist and worker lie side by side as JavaScript; from the sources as TypeScript. */
const WORKER_URL = new URL(import.meta.url.endsWith('.ts') ? './draw-worker.ts' : './draw-worker.js', import.meta.url)
	.href;

/** Draws in one worker thread, started on the first drawing, so that the main thread never blocks. */
export class FingerprintArtist implements Artist {
	private pool: Piscina | undefined;
	private isClosed = false;

	/** @throws ServiceError SERVICE_UNAVAILABLE once closed, INTERNAL_ERROR when the thread fails */
	async draw(touch: Touch): Promise<GreyImage> {
		try {
			return await (await this.openPool()).run(touch);
		} catch (cause) {
			throw new ServiceError(this.isClosed ? 'SERVICE_UNAVAILABLE' : 'INTERNAL_ERROR', { cause });
		}
	}

	/** Ends the thread; drawings under way reject with SERVICE_UNAVAILABLE. Idempotent. */
	async close(): Promise<void> {
		this.isClosed = true;
		await this.pool?.destroy();
	}

	private async openPool(): Promise<Piscina> {
		const { Piscina } = await import('piscina');
		if (this.isClosed) throw new Error('The artist is closed');
		this.pool ??= new Piscina({ filename: WORKER_URL, minThreads: 0, maxThreads: 1, idleTimeout: IDLE_TIMEOUT_MS });
		return this.pool;
	}
}
