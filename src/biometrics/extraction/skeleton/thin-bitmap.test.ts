import { describe, expect, it } from 'vitest';
import { bitmapOf } from '../../testing/bitmap-text.ts';
import { neighbourOffsets } from './pixel-neighbours.ts';
import { ThinBitmap } from './thin-bitmap.ts';

/** The neighbourhood of each pixel that has eight, read off the pixels. */
function readNeighbourhoods({ width, height, data }: ThinBitmap): number[] {
	const inner = [...data.keys()].filter((i) => i > width && i < (height - 1) * width - 1);
	return inner.map((i) => neighbourOffsets(width).reduce((bits, offset, bit) => bits | (data[i + offset]! << bit), 0));
}

function keptNeighbourhoods({ width, height, neighbours: neighbourhoods }: ThinBitmap): number[] {
	return Array.from(neighbourhoods.subarray(width + 1, (height - 1) * width - 1));
}

describe('Lines', () => {
	it('know the neighbourhood of every pixel, also after pixels have come and gone', () => {
		const lines = new ThinBitmap(bitmapOf('.......##', '......#..', '######...', '......#..', '.......##'));
		expect(keptNeighbourhoods(lines)).toEqual(readNeighbourhoods(lines));
		lines.set(36);
		lines.clear(35);
		lines.clear(12);
		expect(keptNeighbourhoods(lines)).toEqual(readNeighbourhoods(lines));
	});
});
