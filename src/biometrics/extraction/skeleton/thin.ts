import type { Bitmap } from '../../images/float-image.ts';
import { GUO_HALL, IS_CORNER } from './pixel-neighbours.ts';
import { ThinBitmap } from './thin-bitmap.ts';

/**
 * Thins lines to a width of one pixel and preserves their ends and connections (Guo and Hall 1989, with lookup tables).
 *
 * @param bitmap its outermost rows and columns must be empty
 */
export function thin(bitmap: Bitmap): ThinBitmap {
	const thinned = new ThinBitmap({ ...bitmap, data: bitmap.data.slice() });
	let remaining = setPixels(thinned);
	for (let unchanged = 0, half: 0 | 1 = 0; unchanged < 2; half = half === 0 ? 1 : 0) {
		const before = remaining.length;
		remaining = applyRule(thinned, remaining, GUO_HALL[half]);
		unchanged = remaining.length === before ? unchanged + 1 : 0;
	}
	for (const pixel of remaining) if (IS_CORNER[thinned.neighbours[pixel]!] === 1) thinned.clear(pixel);
	return thinned;
}

/** Removes all pixels that match the rule, as if in parallel. @returns the remaining pixels, in the same array */
function applyRule(thinned: ThinBitmap, pixels: Int32Array, rule: Uint8Array): Int32Array {
	const { neighbours } = thinned;
	const removed: number[] = [];
	let kept = 0;
	for (let i = 0; i < pixels.length; i++) {
		const pixel = pixels[i]!;
		if (rule[neighbours[pixel]!] === 1) removed.push(pixel);
		else pixels[kept++] = pixel;
	}
	for (let i = 0; i < removed.length; i++) thinned.clear(removed[i]!);
	return pixels.subarray(0, kept);
}

function setPixels({ data }: Bitmap): Int32Array {
	const pixels = new Int32Array(data.length);
	let length = 0;
	for (let i = 0; i < data.length; i++) if (data[i] === 1) pixels[length++] = i;
	return pixels.subarray(0, length);
}
