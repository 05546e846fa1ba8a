import { createBytes } from '../../images/reused-memory.ts';
import { type PackedBitmap, WORD } from './packed-bitmap.ts';
import { CROSSING_NUMBER, IS_CORNER, neighbourOffsets } from './pixel-neighbours.ts';

/** Bits of the neighbours: straight steps before diagonal ones, so that a walk does not skip the pixel where lines meet. */
const STEPS = [0, 2, 4, 6, 1, 3, 5, 7] as const;

/**
 * Lines of one pixel width, and operations on them. Pixels are identified by their index `y * stride + x`. The neighbours of
 * each pixel are kept up to date as a byte, so that a rule about them is one table lookup.
 */
export class Skeleton {
	/** The pixels of the lines. */
	readonly bitmap: PackedBitmap;
	/** Distance between the indices of a pixel and the pixel below it. */
	readonly stride: number;
	/** The eight neighbours of each pixel as a byte, see `pixel-neighbours.ts`. */
	private readonly neighbours: Uint8Array;
	private readonly around: Int32Array;

	/** @param bitmap used without copying; its outermost rows and columns must be empty */
	constructor(bitmap: PackedBitmap) {
		this.bitmap = bitmap;
		this.stride = bitmap.stride * WORD;
		this.neighbours = createBytes(bitmap.height * this.stride);
		this.around = neighbourOffsets(this.stride);
		this.forEachPixel((pixel) => this.set(pixel));
	}

	/** Returns the pixels at which lines end, row by row. */
	endings(): number[] {
		const endings: number[] = [];
		this.forEachPixel((pixel) => {
			if (this.crossingNumber(pixel) === 1) endings.push(pixel);
		});
		return endings;
	}

	/** Returns 0 for a single pixel, 1 at the end of a line, 2 on a line, 3 or more where lines meet. */
	crossingNumber(pixel: number): number {
		return CROSSING_NUMBER[this.neighbours[pixel]!]!;
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
		const dx = (to % this.stride) - (from % this.stride);
		const dy = Math.floor(to / this.stride) - Math.floor(from / this.stride);
		const steps = Math.max(Math.abs(dx), Math.abs(dy));
		for (let i = 1; i < steps; i++) {
			this.set(from + Math.round((dy * i) / steps) * this.stride + Math.round((dx * i) / steps));
		}
	}

	erase(pixels: readonly number[]): void {
		for (const pixel of pixels) this.clear(pixel);
	}

	/** Removes the pixels at which a line turns only because of an unnecessary step. */
	removeCorners(): void {
		this.forEachPixel((pixel) => {
			if (IS_CORNER[this.neighbours[pixel]!] === 1) this.clear(pixel);
		});
	}

	/** Visits the pixels row by row; `visit` may clear the pixel. */
	private forEachPixel(visit: (pixel: number) => void): void {
		const { words } = this.bitmap;
		for (let word = 0; word < words.length; word++) {
			for (let bits = words[word]!; bits !== 0; bits &= bits - 1) {
				visit(word * WORD + 31 - Math.clz32(bits & -bits));
			}
		}
	}

	/** Returns the next pixel, which is neither of the two previous ones; -1 if there is none. */
	private next(pixel: number, previous: number, beforePrevious: number): number {
		const neighbours = this.neighbours[pixel]!;
		for (let step = 0; step < STEPS.length; step++) {
			const bit = STEPS[step]!;
			const next = pixel + this.around[bit]!;
			if (((neighbours >> bit) & 1) === 1 && next !== previous && next !== beforePrevious) return next;
		}
		return -1;
	}

	/** Sets a pixel. This method and `clear` are unrolled because they are called for every pixel. */
	private set(pixel: number): void {
		const { stride, neighbours } = this;
		this.bitmap.words[Math.floor(pixel / WORD)]! |= 1 << pixel;
		neighbours[pixel + stride]! |= 1;
		neighbours[pixel + stride - 1]! |= 2;
		neighbours[pixel - 1]! |= 4;
		neighbours[pixel - stride - 1]! |= 8;
		neighbours[pixel - stride]! |= 16;
		neighbours[pixel - stride + 1]! |= 32;
		neighbours[pixel + 1]! |= 64;
		neighbours[pixel + stride + 1]! |= 128;
	}

	private clear(pixel: number): void {
		const { stride, neighbours } = this;
		this.bitmap.words[Math.floor(pixel / WORD)]! &= ~(1 << pixel);
		neighbours[pixel + stride]! &= ~1;
		neighbours[pixel + stride - 1]! &= ~2;
		neighbours[pixel - 1]! &= ~4;
		neighbours[pixel - stride - 1]! &= ~8;
		neighbours[pixel - stride]! &= ~16;
		neighbours[pixel - stride + 1]! &= ~32;
		neighbours[pixel + 1]! &= ~64;
		neighbours[pixel + stride + 1]! &= ~128;
	}
}
