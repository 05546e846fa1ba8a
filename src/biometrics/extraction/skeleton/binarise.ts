import { type Bitmap, createBitmap, type FloatImage } from '../../images/float-image.ts';
import { CELL, type CellGrid } from '../cell-grid.ts';

/** Ridges and valleys of the finger as two bitmaps; their outermost rows and columns are empty, as thinning requires. */
export interface RidgesAndValleys {
	readonly ridges: Bitmap;
	readonly valleys: Bitmap;
}

/**
 * Splits the finger by the sign of the filtered image, whose local mean is zero. Where two ridge pixels and two valley pixels
 * meet diagonally, the stronger pair is connected and the other separated. Otherwise both would count as connected, and a
 * minutia would be lost.
 *
 * @param finger 1 for the cells of the finger
 */
export function binarise(enhanced: FloatImage, finger: CellGrid): RidgesAndValleys {
	const { width, height } = enhanced;
	const isRidge = createBitmap(width, height);
	for (let i = 0; i < isRidge.data.length; i++) isRidge.data[i] = enhanced.data[i]! > 0 ? 1 : 0;
	separateCrossings(isRidge, enhanced.data);
	const ridges = createBitmap(width, height);
	const valleys = createBitmap(width, height);
	for (let y = 1; y < height - 1; y++) {
		const cells = Math.floor(y / CELL) * finger.columns;
		for (let x = 1; x < width - 1; x++) {
			const i = y * width + x;
			const isInside = finger.data[cells + ((x / CELL) | 0)]!;
			ridges.data[i] = isInside & isRidge.data[i]!;
			valleys.data[i] = isInside & (1 - isRidge.data[i]!);
		}
	}
	return { ridges, valleys };
}

function separateCrossings({ width, data }: Bitmap, values: Float32Array): void {
	for (let i = 0; i < data.length - width - 1; i++) {
		const right = i + 1;
		const below = i + width;
		const across = below + 1;
		if (data[i] === data[right] || data[i] !== data[across] || data[right] !== data[below]) continue;
		const stronger = values[i]! + values[right]! + values[below]! + values[across]! > 0 ? 1 : 0;
		const [a, b] = data[i] === stronger ? [right, below] : [i, across];
		data[Math.abs(values[a]!) < Math.abs(values[b]!) ? a : b] = stronger;
	}
}
