import { type Bitmap, createBitmap } from '../../images/float-image.ts';

/** A bitmap that knows the neighbourhood of each pixel at any time, so that a rule about it is one look into a table. */
export class ThinBitmap implements Bitmap {
	readonly width: number;
	readonly height: number;
	readonly data: Uint8Array;
	/** The eight pixels around each as a byte, see `neighbourhood.ts`. */
	readonly neighbours: Uint8Array;

	/** @param bitmap taken over, not copied; its outermost rows and columns must be empty */
	constructor({ width, height, data }: Bitmap) {
		this.width = width;
		this.height = height;
		this.data = data;
		this.neighbours = createBitmap(width, height).data;
		for (let pixel = 0; pixel < data.length; pixel++) if (data[pixel] === 1) this.set(pixel);
	}

	/** Set a pixel. Here and in `clear` the eight bits are written out: half the time of thinning goes into them. */
	set(pixel: number): void {
		const { width, neighbours: neighbourhoods } = this;
		this.data[pixel] = 1;
		neighbourhoods[pixel + width]! |= 1;
		neighbourhoods[pixel + width - 1]! |= 2;
		neighbourhoods[pixel - 1]! |= 4;
		neighbourhoods[pixel - width - 1]! |= 8;
		neighbourhoods[pixel - width]! |= 16;
		neighbourhoods[pixel - width + 1]! |= 32;
		neighbourhoods[pixel + 1]! |= 64;
		neighbourhoods[pixel + width + 1]! |= 128;
	}

	clear(pixel: number): void {
		const { width, neighbours: neighbourhoods } = this;
		this.data[pixel] = 0;
		neighbourhoods[pixel + width]! &= ~1;
		neighbourhoods[pixel + width - 1]! &= ~2;
		neighbourhoods[pixel - 1]! &= ~4;
		neighbourhoods[pixel - width - 1]! &= ~8;
		neighbourhoods[pixel - width]! &= ~16;
		neighbourhoods[pixel - width + 1]! &= ~32;
		neighbourhoods[pixel + 1]! &= ~64;
		neighbourhoods[pixel + width + 1]! &= ~128;
	}
}
