import type { FloatImage } from '../../images/float-image.ts';
import { CELL, type CellGrid } from '../cell-grid.ts';
import { createPackedBitmap, type PackedBitmap, WORD } from './packed-bitmap.ts';

/** Ridges and valleys of the finger as two bitmaps; their outermost rows and columns are empty, as thinning requires. */
export interface RidgesAndValleys {
	readonly ridges: PackedBitmap;
	readonly valleys: PackedBitmap;
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
	const signs = packSigns(enhanced);
	separateCrossings(signs, enhanced);
	const ridges = createPackedBitmap(width, height);
	const valleys = createPackedBitmap(width, height);
	for (let row = 0; row < finger.rows; row++) {
		const inside = packFinger(finger, row, width);
		const end = Math.min((row + 1) * CELL, height - 1);
		for (let y = Math.max(row * CELL, 1); y < end; y++) {
			for (let word = 0; word < signs.stride; word++) {
				const i = y * signs.stride + word;
				ridges.words[i] = signs.words[i]! & inside[word]!;
				valleys.words[i] = ~signs.words[i]! & inside[word]!;
			}
		}
	}
	return { ridges, valleys };
}

/** Returns 1 where the image is positive. */
function packSigns({ width, height, data }: FloatImage): PackedBitmap {
	const signs = createPackedBitmap(width, height);
	// A float and the integer with the same bits have the same sign; integers need no comparison.
	const bits = new Int32Array(data.buffer, data.byteOffset, data.length);
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; ) {
			const word = y * signs.stride + Math.floor(x / WORD);
			let packed = 0;
			for (const end = Math.min(x + WORD, width); x < end; x++) {
				const value = bits[y * width + x]!;
				packed |= ((~value & -value) >>> 31) << x;
			}
			signs.words[word] = packed;
		}
	}
	return signs;
}

/** Returns the words of an image row: 1 inside the finger, but not in the outermost columns. @param row of cells */
function packFinger({ columns, data }: CellGrid, row: number, width: number): Int32Array {
	const words = new Int32Array(Math.ceil(width / WORD));
	for (let x = 1; x < width - 1; x++) {
		words[Math.floor(x / WORD)]! |= data[row * columns + Math.floor(x / CELL)]! << x;
	}
	return words;
}

function separateCrossings(signs: PackedBitmap, image: FloatImage): void {
	for (let y = 0; y < signs.height - 1; y++) {
		for (let word = 0; word < signs.stride; word++) {
			let crossings = findCrossings(signs, y * signs.stride + word);
			while (crossings !== 0) {
				const bit = 31 - Math.clz32(crossings & -crossings);
				separateCrossing(signs, image, word * WORD + bit, y);
				// The separation of a crossing can change those to its right.
				crossings = findCrossings(signs, y * signs.stride + word) & (-2 << bit);
			}
		}
	}
}

/** Returns 1 for the pixels of a word that equal the pixel below to the right, but neither of the two between them. */
function findCrossings({ words, stride }: PackedBitmap, i: number): number {
	const pixel = words[i]!;
	const right = (pixel >>> 1) | (words[i + 1]! << 31);
	const below = words[i + stride]!;
	const across = (below >>> 1) | (words[i + stride + 1]! << 31);
	return (pixel ^ right) & ~(pixel ^ across) & ~(right ^ below);
}

/** Connects the stronger pair of the four pixels from (x, y) on. */
function separateCrossing({ words, stride, width }: PackedBitmap, { data }: FloatImage, x: number, y: number): void {
	if (x >= width - 1) return;
	const i = y * width + x;
	const values = [data[i]!, data[i + 1]!, data[i + width]!, data[i + width + 1]!] as const;
	const stronger = values[0] + values[1] + values[2] + values[3] > 0 ? 1 : 0;
	const isSet = (words[y * stride + Math.floor(x / WORD)]! >>> x) & 1;
	const [a, b] = isSet === stronger ? ([1, 2] as const) : ([0, 3] as const);
	const weaker = Math.abs(values[a]) < Math.abs(values[b]) ? a : b;
	const column = x + (weaker & 1);
	// The weaker pixel belongs to the weaker pair, so that inverting it connects the stronger pair.
	words[(y + (weaker >> 1)) * stride + Math.floor(column / WORD)]! ^= 1 << column;
}
