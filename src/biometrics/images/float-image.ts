import type { GreyImage } from './grey-image.ts';
import { createBytes, createValues } from './reused-memory.ts';

/** An image of real numbers, row by row from the top left. The stages of the extraction exchange these. */
export interface FloatImage {
	readonly width: number;
	readonly height: number;
	/** `width * height` values. */
	readonly data: Float32Array;
}

export function createFloatImage(width: number, height: number): FloatImage {
	return { width, height, data: createValues(width * height) };
}

/** One bit per pixel, 1 = set. */
export interface Bitmap {
	readonly width: number;
	readonly height: number;
	/** `width * height` bytes, 0 or 1. */
	readonly data: Uint8Array;
}

export function createBitmap(width: number, height: number): Bitmap {
	return { width, height, data: createBytes(width * height) };
}

/** Converts an image to real numbers; the grey levels are unchanged. */
export function toFloatImage(image: GreyImage): FloatImage {
	const target = createFloatImage(image.width, image.height);
	target.data.set(image.data);
	return target;
}
