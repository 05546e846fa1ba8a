import { createFloatImage, type FloatImage, toFloatImage } from './float-image.ts';
import type { GreyImage } from './grey-image.ts';

/** The resolution that every later stage is tuned to, pixels per inch. Its pixels are called working pixels. */
export const WORKING_DPI = 500;
/** Relative difference of resolution below which an image is not rescaled, because fingers differ more in ridge period. */
const TOLERANCE = 0.04;

/** An image at the working resolution. */
export interface Rescaled {
	readonly image: FloatImage;
	/** Working pixels per input pixel; 1 if the image was not rescaled. */
	readonly scale: number;
}

/** Rescales an image to about 500 dpi: bilinear, after averaging whole areas if it shrinks to less than half. */
export function rescale(image: GreyImage): Rescaled {
	const scale = WORKING_DPI / image.dpi;
	if (Math.abs(scale - 1) <= TOLERANCE) return { image: toFloatImage(image), scale: 1 };
	const shrink = Math.max(1, Math.floor(1 / scale));
	return { image: resample(averageAreas(toFloatImage(image), shrink), scale * shrink), scale };
}

function averageAreas(source: FloatImage, size: number): FloatImage {
	if (size === 1) return source;
	const target = createFloatImage(Math.floor(source.width / size), Math.floor(source.height / size));
	for (let y = 0; y < target.height * size; y++) {
		const row = Math.floor(y / size) * target.width;
		for (let x = 0; x < target.width * size; x++) {
			target.data[row + Math.floor(x / size)]! += source.data[y * source.width + x]! / (size * size);
		}
	}
	return target;
}

function resample(source: FloatImage, scale: number): FloatImage {
	const target = createFloatImage(Math.round(source.width * scale), Math.round(source.height * scale));
	for (let y = 0; y < target.height; y++) {
		const sourceY = clamp((y + 0.5) / scale - 0.5, source.height - 1);
		for (let x = 0; x < target.width; x++) {
			target.data[y * target.width + x] = bilinear(source, clamp((x + 0.5) / scale - 0.5, source.width - 1), sourceY);
		}
	}
	return target;
}

function bilinear({ width, height, data }: FloatImage, x: number, y: number): number {
	const left = Math.floor(x);
	const top = Math.floor(y);
	const right = Math.min(left + 1, width - 1);
	const bottom = Math.min(top + 1, height - 1);
	const upper = data[top * width + left]! * (left + 1 - x) + data[top * width + right]! * (x - left);
	const lower = data[bottom * width + left]! * (left + 1 - x) + data[bottom * width + right]! * (x - left);
	return upper * (top + 1 - y) + lower * (y - top);
}

function clamp(value: number, max: number): number {
	return Math.min(Math.max(value, 0), max);
}
