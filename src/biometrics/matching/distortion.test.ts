import { describe, expect, it } from 'vitest';
import { alignPair } from './alignment.ts';
import { Distortion } from './distortion.ts';
import { type MinutiaArrays, minutiaArrays } from './minutia-arrays.ts';

/** Five minutiae in a row, 20 pixels apart. */
const ROW = minutiaArrays(...[0, 20, 40, 60, 80].map((x) => [x, 0, 0] as const));
const UNMOVED = alignPair(ROW, 0, ROW, 0);

describe('Distortion', () => {
	it('moves a minutia as the pairs near it are moved', () => {
		const moved = minutiaArrays(...[0, 20, 40, 60, 80].map((x) => [x + 4, -6, 0] as const));
		const { x, y } = distortion(moved, [1, 1, 1, 1, 1]).align(2);
		expect(x).toBeGreaterThan(43);
		expect(x).toBeLessThan(44);
		expect(y).toBeLessThan(-4.5);
		expect(y).toBeGreaterThan(-6);
	});

	it('does not let a pair confirm itself', () => {
		const moved = minutiaArrays([0, 0, 0], [20, 0, 0], [49, 0, 0], [60, 0, 0], [80, 0, 0]);
		expect(distortion(moved, [1, 1, 1, 1, 1]).align(2).x).toBeCloseTo(40);
	});

	it('moves nothing without pairs, and ignores minutiae without a partner', () => {
		const moved = minutiaArrays([9, 9, 0], [20, 9, 0], [40, 9, 0], [60, 9, 0], [80, 9, 0]);
		expect(distortion(moved, [0, 0, 0, 0, 0]).align(2)).toMatchObject({ x: 40, y: 0 });
	});

	it('follows near pairs more than distant ones', () => {
		const moved = minutiaArrays([6, 0, 0], [26, 0, 0], [40, 0, 0], [54, 0, 0], [74, 0, 0]);
		const bent = distortion(moved, [1, 1, 0, 1, 1]);
		expect(bent.align(0).x).toBeGreaterThan(0);
		expect(bent.align(2).x).toBeCloseTo(40);
		expect(bent.align(4).x).toBeLessThan(80);
	});

	it('tolerates less than the alignment alone far from the centre', () => {
		const { tolerance } = distortion(ROW, [1, 1, 1, 1, 1]).align(4);
		expect(tolerance).toBeCloseTo(12);
	});
});

function distortion(b: MinutiaArrays, weight: readonly number[]): Distortion {
	return new Distortion(ROW, b, UNMOVED, { weight, partner: weight.map((_, i) => i), total: 1 });
}
