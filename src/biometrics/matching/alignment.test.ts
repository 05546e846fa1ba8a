import { describe, expect, it } from 'vitest';
import { alignedX, alignedY, alignPair, alignPairing, invert } from './alignment.ts';
import { minutiaArrays } from './minutia-arrays.ts';

const A = minutiaArrays([0, 0, 0], [30, 0, 1], [0, 40, 2]);
/** `A` rotated counter-clockwise by 90 degrees about the origin, then shifted by (5, 7). */
const B = minutiaArrays([5, 7, Math.PI / 2], [5, 37, 1 + Math.PI / 2], [-35, 7, 2 + Math.PI / 2]);
const ALL_PAIRED = { partner: [0, 1, 2], weight: [1, 0.5, 0.2], total: 1.7 };

describe('an alignment', () => {
	it('from one pair maps all minutiae onto their partners', () => {
		const alignment = alignPair(A, 1, B, 1);
		for (let i = 0; i < 3; i++) {
			expect(alignedX(alignment, A.x[i]!, A.y[i]!)).toBeCloseTo(B.x[i]!);
			expect(alignedY(alignment, A.x[i]!, A.y[i]!)).toBeCloseTo(B.y[i]!);
		}
		expect(alignment).toMatchObject({ centreX: 5, centreY: 37 });
	});

	it('minimises the distances of several pairs', () => {
		const alignment = alignPairing(A, B, ALL_PAIRED);
		expect(alignment.rotation).toBeCloseTo(Math.PI / 2);
		expect([alignment.shiftX, alignment.shiftY]).toEqual([expect.closeTo(5), expect.closeTo(7)]);
	});

	it('is fitted to the directions when there is only one pair', () => {
		const onePair = { partner: [0, 1, 0], weight: [0, 0.5, 0], total: 0.5 };
		expect(alignPairing(A, B, onePair)).toEqual(alignPair(A, 1, B, 1));
	});

	it('maps a point back when inverted', () => {
		const alignment = alignPair(A, 2, B, 2);
		const back = invert(alignment);
		expect(alignedX(back, alignedX(alignment, 12, 34), alignedY(alignment, 12, 34))).toBeCloseTo(12);
		expect(alignedY(back, alignedX(alignment, 12, 34), alignedY(alignment, 12, 34))).toBeCloseTo(34);
	});
});
