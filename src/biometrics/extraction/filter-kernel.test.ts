import { describe, expect, it } from 'vitest';
import { growMemory, loadFilterKernel, TILE } from './filter-kernel.ts';

const STRIDE = 10;
const SOURCE = 0;
const TARGET = 400;
const TAPS = 800;

/** Filters the square at (3, 3) of an image of 10 x 10 pixels. */
function filter(image: readonly number[], taps: readonly { distance: number; weight: number }[]): number[] {
	const { memory, filterTile } = loadFilterKernel();
	growMemory(memory, TAPS + 8 * taps.length);
	new Float32Array(memory.buffer, SOURCE).set(image);
	const view = new DataView(memory.buffer, TAPS);
	for (const [i, { distance, weight }] of taps.entries()) {
		view.setInt32(8 * i, 4 * distance, true);
		view.setFloat32(8 * i + 4, weight, true);
	}
	const first = 4 * (3 * STRIDE + 3);
	filterTile(SOURCE + first, TARGET + first, 4 * STRIDE, TAPS, TAPS + 8 * taps.length);
	return Array.from(new Float32Array(memory.buffer, TARGET, STRIDE * STRIDE));
}

describe('FilterTile', () => {
	const image = Array.from({ length: STRIDE * STRIDE }, (_, i) => (i * 7) % 32);

	it('sums the weighted pixels around each of the 16 pixels and writes no others', () => {
		const taps = [
			{ distance: -2 * STRIDE - 1, weight: 0.5 },
			{ distance: 0, weight: -2 },
			{ distance: STRIDE + 2, weight: 3 },
		];
		const expected = image.map((_, i) => {
			const isInside = i % STRIDE >= 3 && i % STRIDE < 3 + TILE && i >= 3 * STRIDE && i < (3 + TILE) * STRIDE;
			return isInside ? taps.reduce((sum, { distance, weight }) => sum + weight * image[i + distance]!, 0) : 0;
		});
		expect(filter(image, taps)).toEqual(expected);
	});

	it('applies a single tap', () => {
		expect(filter(image, [{ distance: 1, weight: 1 }])[33]).toBe(image[34]);
	});
});
