import type { Bitmap } from '../../images/float-image.ts';
import { GUO_HALL, IS_CORNER } from './pixel-neighbours.ts';
import { ThinBitmap } from './thin-bitmap.ts';

/**
 * Wear lines down to a width of one pixel, keeping their ends and how they connect (Guo and Hall 1989, tabulated).
 *
 * @param bitmap its outermost rows and columns must be empty
 */
export function thin(bitmap: Bitmap): ThinBitmap {
	const lines = new ThinBitmap({ ...bitmap, data: bitmap.data.slice() });
	let left = setPixels(lines);
	for (let unchanged = 0, half: 0 | 1 = 0; unchanged < 2; half = half === 0 ? 1 : 0) {
		const before = left.length;
		left = applyRule(lines, left, GUO_HALL[half]);
		unchanged = left.length === before ? unchanged + 1 : 0;
	}
	for (const pixel of left) if (IS_CORNER[lines.neighbours[pixel]!] === 1) lines.clear(pixel);
	return lines;
}

/** Remove all pixels that the rule takes, as if at once. @returns those left, in the front part of the same array */
function applyRule(lines: ThinBitmap, pixels: Int32Array, rule: Uint8Array): Int32Array {
	const { neighbours: neighbourhoods } = lines;
	const removed: number[] = [];
	let kept = 0;
	for (let i = 0; i < pixels.length; i++) {
		const pixel = pixels[i]!;
		if (rule[neighbourhoods[pixel]!] === 1) removed.push(pixel);
		else pixels[kept++] = pixel;
	}
	for (let i = 0; i < removed.length; i++) lines.clear(removed[i]!);
	return pixels.subarray(0, kept);
}

function setPixels({ data }: Bitmap): Int32Array {
	const pixels = new Int32Array(data.length);
	let length = 0;
	for (let i = 0; i < data.length; i++) if (data[i] === 1) pixels[length++] = i;
	return pixels.subarray(0, length);
}
