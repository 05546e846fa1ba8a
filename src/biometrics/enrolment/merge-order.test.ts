import { describe, expect, it } from 'vitest';
import { orderByScore } from './merge-order.ts';

/** Touch 1 matches 0 and 2, which do not match each other; 3 matches only 2. */
const CHAIN = [
	[0, 40, 5, 2],
	[40, 0, 30, 6],
	[5, 30, 0, 20],
	[2, 6, 20, 0],
];

describe('orderByScore', () => {
	it('begins with the touch that matches all others best and continues with the best match', () => {
		expect(orderByScore(CHAIN, 20)).toEqual([1, 0, 2, 3]);
	});

	it('returns undefined if a touch does not reach the minimum score with any other', () => {
		expect(orderByScore(CHAIN, 21)).toBeUndefined();
	});

	it('accepts a single touch and an empty list', () => {
		expect(orderByScore([[0]], 20)).toEqual([0]);
		expect(orderByScore([], 20)).toEqual([]);
	});
});
