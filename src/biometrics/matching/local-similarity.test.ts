import { describe, expect, it } from 'vitest';
import { SyntheticFinger } from '../testing/synthetic-finger.ts';
import { findMostSimilarPairs, localSimilarity } from './local-similarity.ts';
import { prepareTemplate } from './prepared-template.ts';

const FINGER = prepareTemplate(new SyntheticFinger(1).touch());
const OTHER = prepareTemplate(new SyntheticFinger(2).touch());
const LONELY = prepareTemplate(new SyntheticFinger(3, 1).touch());

describe('localSimilarity', () => {
	it('is 1 for the same descriptor and less for others', () => {
		expect(localSimilarity(FINGER, 5, FINGER, 5)).toBe(1);
		expect(localSimilarity(FINGER, 5, OTHER, 5)).toBeLessThan(0.7);
	});

	it('is 0 for a minutia without neighbours, even with itself', () => {
		expect(localSimilarity(LONELY, 0, LONELY, 0)).toBe(0);
	});
});

describe('findMostSimilarPairs', () => {
	it('returns the best pairs, best first', () => {
		const all: number[] = [];
		for (let i = 0; i < FINGER.count; i++) {
			for (let j = 0; j < OTHER.count; j++) all.push(localSimilarity(FINGER, i, OTHER, j));
		}
		const best = findMostSimilarPairs(FINGER, OTHER, 10);
		expect(best.map(({ similarity }) => similarity)).toEqual(all.toSorted((a, b) => b - a).slice(0, 10));
		for (const { i, j, similarity } of best) expect(localSimilarity(FINGER, i, OTHER, j)).toBe(similarity);
	});

	it('returns no pairs if there is no similarity', () => {
		expect(findMostSimilarPairs(LONELY, FINGER, 10)).toEqual([]);
	});
});
