import { describe, expect, it } from 'vitest';
import { convexHull, isWithin } from './hull.ts';

/** A square of side 10 with points inside, on its edges and twice on a corner. */
const SQUARE = {
	x: Float64Array.of(0, 10, 10, 0, 5, 5, 3, 0),
	y: Float64Array.of(0, 0, 10, 10, 0, 5, 7, 0),
};

describe('convexHull', () => {
	it('contains only the corners', () => {
		expect(convexHull(SQUARE).edgeCount).toBe(4);
	});

	it.each([
		[5, 5, 0, true],
		[10, 10, 0, true],
		[10.1, 5, 0, false],
		[10.1, 5, 0.2, true],
		[-3, 5, 2, false],
		[5, 12, 2, true],
		[5, 12.1, 2, false],
	])('for (%d, %d) and a margin of %d, isWithin returns %s', (x, y, margin, expected) => {
		expect(isWithin(convexHull(SQUARE), x, y, margin)).toBe(expected);
	});

	it('has no area for two points and no edges for one or none', () => {
		const two = convexHull({ x: Float64Array.of(0, 10), y: Float64Array.of(0, 10) });
		expect(isWithin(two, 5, 5, 0.001)).toBe(true);
		expect(isWithin(two, 5, 6, 0.001)).toBe(false);
		const one = convexHull({ x: Float64Array.of(4), y: Float64Array.of(4) });
		const none = convexHull({ x: new Float64Array(), y: new Float64Array() });
		expect([one.edgeCount, none.edgeCount]).toEqual([0, 0]);
	});
});
