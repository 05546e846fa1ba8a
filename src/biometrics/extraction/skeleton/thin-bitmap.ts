import { type Bitmap, createBitmap } from '../../images/float-image.ts';

/** A bitmap that keeps the neighbours of each pixel up to date as a byte, so that a rule about them is one table lookup. */
export class ThinBitmap implements Bitmap {
	readonly width: number;
	readonly height: number;
	readonly data: Uint8Array;
	/** The eight neighbours of each pixel as a byte, see `pixel-neighbours.ts`. */
	readonly neighbours: Uint8Array;

	/** @param bitmap used without copying; its outermost rows and columns must be empty */
	constructor({ width, height, data }: Bitmap) {
		this.width = width;
		this.height = height;
		this.data = data;
		this.neighbours = createBitmap(width, height).data;
		for (let pixel = 0; pixel < data.length; pixel++) if (data[pixel] === 1) this.set(pixel);
	}

	/** Sets a pixel. This method and `clear` are unrolled because they take half the time of thinning. */
	set(pixel: number): void {
		const { width, neighbours } = this;
		this.data[pixel] = 1;
		neighbours[pixel + width]! |= 1;
		neighbours[pixel + width - 1]! |= 2;
		neighbours[pixel - 1]! |= 4;
		neighbours[pixel - width - 1]! |= 8;
		neighbours[pixel - width]! |= 16;
		neighbours[pixel - width + 1]! |= 32;
		neighbours[pixel + 1]! |= 64;
		neighbours[pixel + width + 1]! |= 128;
	}

	clear(pixel: number): void {
		const { width, neighbours } = this;
		this.data[pixel] = 0;
		neighbours[pixel + width]! &= ~1;
		neighbours[pixel + width - 1]! &= ~2;
		neighbours[pixel - 1]! &= ~4;
		neighbours[pixel - width - 1]! &= ~8;
		neighbours[pixel - width]! &= ~16;
		neighbours[pixel - width + 1]! &= ~32;
		neighbours[pixel + 1]! &= ~64;
		neighbours[pixel + width + 1]! &= ~128;
	}
}
