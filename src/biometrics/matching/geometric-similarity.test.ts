import { describe, expect, it } from 'vitest';
import { alignPair } from './alignment.ts';
import { alignMinutia, geometricSimilarity } from './geometric-similarity.ts';
import { minutiaArrays } from './minutia-arrays.ts';

const A = minutiaArrays([0, 0, 0], [100, 0, 0.1]);
const UNMOVED = alignPair(A, 0, A, 0);

describe('geometricSimilarity', () => {
	it('is 1 for minutiae that coincide exactly, also if their directions differ by 2 pi', () => {
		const turned = minutiaArrays([0, 0, 6.2]);
		expect(geometricSimilarity(alignMinutia(A, 0, alignPair(A, 0, turned, 0)), turned, 0)).toBeCloseTo(1);
	});

	it('decreases with the difference of position and direction, to 0 outside the tolerances', () => {
		const values = [0, 2, 5, 8].map((x) =>
			geometricSimilarity(alignMinutia(A, 0, UNMOVED), minutiaArrays([x, 0, 0]), 0),
		);
		expect(values).toEqual([1, expect.closeTo(1 - 4 / 128), expect.closeTo(1 - 25 / 128), 0]);
		const turns = [0, 0.3, 0.6].map((turn) =>
			geometricSimilarity(alignMinutia(A, 0, UNMOVED), minutiaArrays([0, 0, turn]), 0),
		);
		expect(turns).toEqual([1, expect.closeTo(0.875), 0]);
	});

	it('tolerates larger differences farther from the centre of the alignment', () => {
		expect(alignMinutia(A, 0, UNMOVED).tolerance).toBe(8);
		expect(alignMinutia(A, 1, UNMOVED).tolerance).toBeCloseTo(21);
	});
});
