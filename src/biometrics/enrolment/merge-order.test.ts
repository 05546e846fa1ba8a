import { describe, expect, it } from 'vitest';
import { orderByScore } from './merge-order.ts';

/** Scan 1 is like 0 and 2, which are unlike each other; 3 is only like 2. */
const CHAIN = [
	[0, 40, 5, 2],
	[40, 0, 30, 6],
	[5, 30, 0, 20],
	[2, 6, 20, 0],
];

describe('orderBySimilarity', () => {
	it('begins with the scan most similar to all and goes on to the nearest', () => {
		expect(orderByScore(CHAIN, 20)).toEqual([1, 0, 2, 3]);
	});

	it('gives nothing when one scan is not similar enough to any', () => {
		expect(orderByScore(CHAIN, 21)).toBeUndefined();
	});

	it('asks nothing of a scan that is alone', () => {
		expect(orderByScore([[0]], 20)).toEqual([0]);
		expect(orderByScore([], 20)).toEqual([]);
	});
});
