import { describe, expect, it } from 'vitest';
import { bitmapOf } from '../../testing/bitmap-text.ts';
import { neighbourOffsets } from './pixel-neighbours.ts';
import { ThinBitmap } from './thin-bitmap.ts';

/** Computes the neighbours of all pixels inside the border. */
function computeNeighbours({ width, height, data }: ThinBitmap): number[] {
	const inner = [...data.keys()].filter((i) => i > width && i < (height - 1) * width - 1);
	return inner.map((i) => neighbourOffsets(width).reduce((bits, offset, bit) => bits | (data[i + offset]! << bit), 0));
}

function storedNeighbours({ width, height, neighbours }: ThinBitmap): number[] {
	return Array.from(neighbours.subarray(width + 1, (height - 1) * width - 1));
}

describe('ThinBitmap', () => {
	it('keeps the neighbours up to date when pixels are set and cleared', () => {
		const bitmap = new ThinBitmap(bitmapOf('.......##', '......#..', '######...', '......#..', '.......##'));
		expect(storedNeighbours(bitmap)).toEqual(computeNeighbours(bitmap));
		bitmap.set(36);
		bitmap.clear(35);
		bitmap.clear(12);
		expect(storedNeighbours(bitmap)).toEqual(computeNeighbours(bitmap));
	});
});
