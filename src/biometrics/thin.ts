import { GUO_HALL, IS_CORNER, neighbourOffsets } from './neighbourhood.ts';
import { type Bitmap, createBitmap } from './plane.ts';

/**
 * Wear lines down to a width of one pixel, keeping their ends and how they connect (Guo and Hall 1989, tabulated).
 *
 * @param lines its outermost rows and columns must be empty
 */
export function thin(lines: Bitmap): Bitmap {
	const skeleton: Bitmap = { ...lines, data: lines.data.slice() };
	const wear = {
		data: skeleton.data,
		around: neighbourOffsets(lines.width),
		neighbourhoods: readNeighbourhoods(lines),
	};
	let left = setPixels(skeleton);
	for (let unchanged = 0, half: 0 | 1 = 0; unchanged < 2; half = half === 0 ? 1 : 0) {
		const before = left.length;
		left = wearOnce(wear, left, GUO_HALL[half]);
		unchanged = left.length === before ? unchanged + 1 : 0;
	}
	for (const pixel of left) if (IS_CORNER[wear.neighbourhoods[pixel]!] === 1) clearPixel(wear, pixel);
	return skeleton;
}

interface Wear {
	readonly data: Uint8Array;
	readonly around: Int32Array;
	/** Kept up to date for each pixel, so that a rule is one look into its table. */
	readonly neighbourhoods: Uint8Array;
}

/** Remove all pixels that the rule takes, as if at once. @returns those left, in the front part of the same array */
function wearOnce(wear: Wear, pixels: Int32Array, rule: Uint8Array): Int32Array {
	const removed: number[] = [];
	let kept = 0;
	for (let i = 0; i < pixels.length; i++) {
		const pixel = pixels[i]!;
		if (rule[wear.neighbourhoods[pixel]!] === 1) removed.push(pixel);
		else pixels[kept++] = pixel;
	}
	for (let i = 0; i < removed.length; i++) clearPixel(wear, removed[i]!);
	return pixels.subarray(0, kept);
}

function setPixels({ data }: Bitmap): Int32Array {
	const pixels = new Int32Array(data.length);
	let length = 0;
	for (let i = 0; i < data.length; i++) if (data[i] === 1) pixels[length++] = i;
	return pixels.subarray(0, length);
}

function readNeighbourhoods({ width, height, data }: Bitmap): Uint8Array {
	const { data: neighbourhoods } = createBitmap(width, height);
	const around = neighbourOffsets(width);
	for (let i = 0; i < data.length; i++) {
		if (data[i] === 1) for (let bit = 0; bit < 8; bit++) neighbourhoods[i - around[bit]!]! |= 1 << bit;
	}
	return neighbourhoods;
}

function clearPixel({ data, around, neighbourhoods }: Wear, pixel: number): void {
	data[pixel] = 0;
	for (let bit = 0; bit < 8; bit++) neighbourhoods[pixel - around[bit]!]! &= ~(1 << bit);
}
