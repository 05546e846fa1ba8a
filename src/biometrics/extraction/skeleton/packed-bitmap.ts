/** A bitmap with 32 pixels per word, so that one logical operation processes 32 pixels. */
export interface PackedBitmap {
	readonly width: number;
	readonly height: number;
	/** Words per row. */
	readonly stride: number;
	/** Pixel (x, y) is bit `x % 32` of word `y * stride + floor(x / 32)`. The word after the last row is 0. */
	readonly words: Int32Array;
}

/** Number of pixels per word. */
export const WORD = 32;

export function createPackedBitmap(width: number, height: number): PackedBitmap {
	const stride = Math.ceil(width / WORD);
	return { width, height, stride, words: new Int32Array(height * stride + 1) };
}
