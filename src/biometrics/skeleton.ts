import { CROSSING_NUMBER, neighbourOffsets } from './neighbourhood.ts';
import type { Bitmap } from './plane.ts';

/** Straight steps before diagonal ones, so that a walk does not cut the corner where lines meet. */
const STEPS = [0, 2, 4, 6, 1, 3, 5, 7] as const;

/** Lines one pixel wide, with what is needed to walk along them. Pixels are named by their index in `data`. */
export class Skeleton {
	readonly width: number;
	readonly height: number;
	readonly data: Uint8Array;
	private readonly around: Int32Array;

	/** @param bitmap taken over, not copied; its outermost rows and columns must be empty */
	constructor({ width, height, data }: Bitmap) {
		this.width = width;
		this.height = height;
		this.data = data;
		this.around = neighbourOffsets(width);
	}

	/** Pixels at which a line ends, row by row. */
	endings(): number[] {
		const endings: number[] = [];
		for (let i = 0; i < this.data.length; i++) if (this.data[i] === 1 && this.crossingNumber(i) === 1) endings.push(i);
		return endings;
	}

	/** 0 = single pixel, 1 = end of a line, 2 = on a line, 3 and more = where lines meet. */
	crossingNumber(pixel: number): number {
		let bits = 0;
		for (let bit = 0; bit < 8; bit++) bits |= this.data[pixel + this.around[bit]!]! << bit;
		return CROSSING_NUMBER[bits]!;
	}

	/**
	 * Follow a line from its end.
	 *
	 * @param limit pixels to go at most
	 * @returns the pixels in order, the ending first; the last one ends the line, lies where lines meet, or is the limit
	 */
	walk(ending: number, limit: number): number[] {
		const path = [ending];
		let next = this.next(path);
		while (next !== undefined && path.length < limit) {
			path.push(next);
			if (this.crossingNumber(next) !== 2) break;
			next = this.next(path);
		}
		return path;
	}

	/** Connect two pixels by a straight line. */
	draw(from: number, to: number): void {
		const dx = (to % this.width) - (from % this.width);
		const dy = Math.floor(to / this.width) - Math.floor(from / this.width);
		const steps = Math.max(Math.abs(dx), Math.abs(dy));
		for (let i = 1; i < steps; i++) {
			this.data[from + Math.round((dy * i) / steps) * this.width + Math.round((dx * i) / steps)] = 1;
		}
	}

	erase(pixels: readonly number[]): void {
		for (const pixel of pixels) this.data[pixel] = 0;
	}

	private next(path: readonly number[]): number | undefined {
		const pixel = path.at(-1)!;
		for (const bit of STEPS) {
			const next = pixel + this.around[bit]!;
			if (this.data[next] === 1 && next !== path.at(-2) && next !== path.at(-3)) return next;
		}
		return undefined;
	}
}
