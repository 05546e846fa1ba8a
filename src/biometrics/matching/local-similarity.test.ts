import { describe, expect, it } from 'vitest';
import { RandomFinger } from '../testing/random-finger.ts';
import { likenessOf, mostAlike } from './local-similarity.ts';
import { prepareTemplate } from './prepared-template.ts';

const FINGER = prepareTemplate(new RandomFinger(1).touch());
const OTHER = prepareTemplate(new RandomFinger(2).touch());
const LONELY = prepareTemplate(new RandomFinger(3, 1).touch());

describe('likenessOf', () => {
	it('is 1 for the same neighbourhood and less for others', () => {
		expect(likenessOf(FINGER, 5, FINGER, 5)).toBe(1);
		expect(likenessOf(FINGER, 5, OTHER, 5)).toBeLessThan(0.7);
	});

	it('is 0 for a minutia without neighbours, even to itself', () => {
		expect(likenessOf(LONELY, 0, LONELY, 0)).toBe(0);
	});
});

describe('mostAlike', () => {
	it('gives the best pairs of all, best first', () => {
		const all: number[] = [];
		for (let i = 0; i < FINGER.count; i++) {
			for (let j = 0; j < OTHER.count; j++) all.push(likenessOf(FINGER, i, OTHER, j));
		}
		const best = mostAlike(FINGER, OTHER, 10);
		expect(best.map(({ likeness }) => likeness)).toEqual(all.toSorted((a, b) => b - a).slice(0, 10));
		for (const { i, j, likeness } of best) expect(likenessOf(FINGER, i, OTHER, j)).toBe(likeness);
	});

	it('gives none where nothing is alike', () => {
		expect(mostAlike(LONELY, FINGER, 10)).toEqual([]);
	});
});
