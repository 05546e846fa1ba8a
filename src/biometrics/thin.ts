import { GUO_HALL, IS_CORNER, neighbourOffsets } from './neighbourhood.ts';
import { type Bitmap, createBitmap } from './plane.ts';

/**
 * Wear lines down to a width of one pixel, keeping their ends and how they connect (Guo and Hall 1989, tabulated).
 *
 * @param lines its outermost rows and columns must be empty
 */
export function thin(lines: Bitmap): Bitmap {
	const skeleton: Bitmap = { ...lines, data: lines.data.slice() };
	const around = neighbourOffsets(lines.width);
	const neighbourhoods = readNeighbourhoods(skeleton, around);
	let left = setPixels(skeleton);
	for (let unchanged = 0, half = 0; unchanged < 2; half = 1 - half) {
		const removed = left.filter((i) => GUO_HALL[half as 0 | 1][neighbourhoods[i]!] === 1);
		for (const i of removed) clearPixel(skeleton.data, neighbourhoods, around, i);
		unchanged = removed.length === 0 ? unchanged + 1 : 0;
		if (removed.length > 0) left = left.filter((i) => skeleton.data[i] === 1);
	}
	for (const i of left) if (IS_CORNER[neighbourhoods[i]!] === 1) clearPixel(skeleton.data, neighbourhoods, around, i);
	return skeleton;
}

function setPixels({ data }: Bitmap): Int32Array {
	const pixels = new Int32Array(data.length);
	let length = 0;
	for (let i = 0; i < data.length; i++) if (data[i] === 1) pixels[length++] = i;
	return pixels.subarray(0, length);
}

function readNeighbourhoods({ width, height, data }: Bitmap, around: Int32Array): Uint8Array {
	const { data: neighbourhoods } = createBitmap(width, height);
	for (let i = 0; i < data.length; i++) {
		if (data[i] === 1) for (let bit = 0; bit < 8; bit++) neighbourhoods[i - around[bit]!]! |= 1 << bit;
	}
	return neighbourhoods;
}

function clearPixel(data: Uint8Array, neighbourhoods: Uint8Array, around: Int32Array, i: number): void {
	data[i] = 0;
	for (let bit = 0; bit < 8; bit++) neighbourhoods[i - around[bit]!]! &= ~(1 << bit);
}
