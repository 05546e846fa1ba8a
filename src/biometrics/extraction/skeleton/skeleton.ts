import type { Bitmap } from '../../images/float-image.ts';
import { CROSSING_NUMBER, neighbourOffsets } from './pixel-neighbours.ts';
import { ThinBitmap } from './thin-bitmap.ts';

/** Straight steps before diagonal ones, so that a walk does not cut the corner where lines meet. */
const STEPS = [0, 2, 4, 6, 1, 3, 5, 7] as const;

/** Lines one pixel wide, with what is needed to walk along them. Pixels are named by their index in `data`. */
export class Skeleton {
	readonly width: number;
	readonly height: number;
	readonly data: Uint8Array;
	private readonly lines: ThinBitmap;
	private readonly around: Int32Array;

	/** @param bitmap taken over, not copied; its outermost rows and columns must be empty */
	constructor(bitmap: Bitmap) {
		this.width = bitmap.width;
		this.height = bitmap.height;
		this.lines = bitmap instanceof ThinBitmap ? bitmap : new ThinBitmap(bitmap);
		this.data = this.lines.data;
		this.around = neighbourOffsets(bitmap.width);
	}

	/** Pixels at which a line ends, row by row. */
	endings(): number[] {
		const { data, neighbours: neighbourhoods } = this.lines;
		const endings: number[] = [];
		for (let i = 0; i < data.length; i++) {
			if (data[i] === 1 && CROSSING_NUMBER[neighbourhoods[i]!] === 1) endings.push(i);
		}
		return endings;
	}

	/** 0 = single pixel, 1 = end of a line, 2 = on a line, 3 and more = where lines meet. */
	crossingNumber(pixel: number): number {
		return CROSSING_NUMBER[this.lines.neighbours[pixel]!]!;
	}

	/**
	 * Follow a line from its end.
	 *
	 * @param limit pixels to go at most
	 * @returns the pixels in order, the ending first; the last one ends the line, lies where lines meet, or is the limit
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

	/** Connect two pixels by a straight line. */
	draw(from: number, to: number): void {
		const dx = (to % this.width) - (from % this.width);
		const dy = Math.floor(to / this.width) - Math.floor(from / this.width);
		const steps = Math.max(Math.abs(dx), Math.abs(dy));
		for (let i = 1; i < steps; i++) {
			this.lines.set(from + Math.round((dy * i) / steps) * this.width + Math.round((dx * i) / steps));
		}
	}

	erase(pixels: readonly number[]): void {
		for (const pixel of pixels) this.lines.clear(pixel);
	}

	/** The pixel after this one, neither of the two before it; -1 if there is none. */
	private next(pixel: number, previous: number, beforePrevious: number): number {
		for (let step = 0; step < STEPS.length; step++) {
			const next = pixel + this.around[STEPS[step]!]!;
			if (this.data[next] === 1 && next !== previous && next !== beforePrevious) return next;
		}
		return -1;
	}
}
