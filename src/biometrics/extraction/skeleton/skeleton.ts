import type { Bitmap } from '../../images/float-image.ts';
import { CROSSING_NUMBER, neighbourOffsets } from './pixel-neighbours.ts';
import { ThinBitmap } from './thin-bitmap.ts';

/** Straight steps before diagonal ones, so that a walk does not skip the pixel where lines meet. */
const STEPS = [0, 2, 4, 6, 1, 3, 5, 7] as const;

/** Lines of one pixel width, and operations on them. Pixels are identified by their index in `data`. */
export class Skeleton {
	readonly width: number;
	readonly height: number;
	readonly data: Uint8Array;
	private readonly bitmap: ThinBitmap;
	private readonly around: Int32Array;

	/** @param bitmap used without copying; its outermost rows and columns must be empty */
	constructor(bitmap: Bitmap) {
		this.width = bitmap.width;
		this.height = bitmap.height;
		this.bitmap = bitmap instanceof ThinBitmap ? bitmap : new ThinBitmap(bitmap);
		this.data = this.bitmap.data;
		this.around = neighbourOffsets(bitmap.width);
	}

	/** Returns the pixels at which lines end, row by row. */
	endings(): number[] {
		const { data, neighbours } = this.bitmap;
		const endings: number[] = [];
		for (let i = 0; i < data.length; i++) {
			if (data[i] === 1 && CROSSING_NUMBER[neighbours[i]!] === 1) endings.push(i);
		}
		return endings;
	}

	/** Returns 0 for a single pixel, 1 at the end of a line, 2 on a line, 3 or more where lines meet. */
	crossingNumber(pixel: number): number {
		return CROSSING_NUMBER[this.bitmap.neighbours[pixel]!]!;
	}

	/**
	 * Follows a line from its end.
	 *
	 * @param limit maximum number of pixels
	 * @returns the pixels in order, beginning with `ending`, up to the other end, the first meeting point or the limit
	 */
	walk(ending: number, limit: number): number[] {
		const path = [ending];
		let [beforePrevious, previous, pixel] = [-1, -1, ending];
		while (path.length < limit) {
			const next = this.next(pixel, previous, beforePrevious);
			if (next < 0) break;
			path.push(next);
			if (this.crossingNumber(next) !== 2) break;
			beforePrevious = previous;
			previous = pixel;
			pixel = next;
		}
		return path;
	}

	/** Connects two pixels by a straight line. */
	connect(from: number, to: number): void {
		const dx = (to % this.width) - (from % this.width);
		const dy = Math.floor(to / this.width) - Math.floor(from / this.width);
		const steps = Math.max(Math.abs(dx), Math.abs(dy));
		for (let i = 1; i < steps; i++) {
			this.bitmap.set(from + Math.round((dy * i) / steps) * this.width + Math.round((dx * i) / steps));
		}
	}

	erase(pixels: readonly number[]): void {
		for (const pixel of pixels) this.bitmap.clear(pixel);
	}

	/** Returns the next pixel, which is neither of the two previous ones; -1 if there is none. */
	private next(pixel: number, previous: number, beforePrevious: number): number {
		for (let step = 0; step < STEPS.length; step++) {
			const next = pixel + this.around[STEPS[step]!]!;
			if (this.data[next] === 1 && next !== previous && next !== beforePrevious) return next;
		}
		return -1;
	}
}
