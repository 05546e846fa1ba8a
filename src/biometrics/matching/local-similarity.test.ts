import { describe, expect, it } from 'vitest';
import { SyntheticFinger } from '../testing/synthetic-finger.ts';
import { findMostSimilarPairs, localSimilarity } from './local-similarity.ts';
import { prepareTemplate } from './prepared-template.ts';

const FINGER = prepareTemplate(new SyntheticFinger(1).touch());
const OTHER = prepareTemplate(new SyntheticFinger(2).touch());
const LONELY = prepareTemplate(new SyntheticFinger(3, 1).touch());

describe('likenessOf', () => {
	it('is 1 for the same neighbourhood and less for others', () => {
		expect(localSimilarity(FINGER, 5, FINGER, 5)).toBe(1);
		expect(localSimilarity(FINGER, 5, OTHER, 5)).toBeLessThan(0.7);
	});

	it('is 0 for a minutia without neighbours, even to itself', () => {
		expect(localSimilarity(LONELY, 0, LONELY, 0)).toBe(0);
	});
});

describe('mostAlike', () => {
	it('gives the best pairs of all, best first', () => {
		const all: number[] = [];
		for (let i = 0; i < FINGER.count; i++) {
			for (let j = 0; j < OTHER.count; j++) all.push(localSimilarity(FINGER, i, OTHER, j));
		}
		const best = findMostSimilarPairs(FINGER, OTHER, 10);
		expect(best.map(({ similarity: likeness }) => likeness)).toEqual(all.toSorted((a, b) => b - a).slice(0, 10));
		for (const { i, j, similarity: likeness } of best) expect(localSimilarity(FINGER, i, OTHER, j)).toBe(likeness);
	});

	it('gives none where nothing is alike', () => {
		expect(findMostSimilarPairs(LONELY, FINGER, 10)).toEqual([]);
	});
});
