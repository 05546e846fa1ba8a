import { describe, expect, it } from 'vitest';
import { calibrate, thresholdFor } from './calibration.ts';

/** Square pixels of a usual finger. */
const USUAL = 35_000;

describe('calibrate', () => {
	it('gives 20, 30 and 40 to the similarities that 1 in 100, 1 000 and 10 000 wrong fingers reach', () => {
		expect([17.5, 20.7, 23.8].map((similarity) => calibrate(similarity, USUAL))).toEqual([20, 30, 40]);
	});

	it('rises strictly from 0 to 100 with the similarity', () => {
		const scores = Array.from({ length: 201 }, (_, half) => calibrate(half / 2, USUAL));
		expect([scores[0], scores.at(-1)]).toEqual([0, 100]);
		for (let i = 1; i < scores.length; i++) expect(scores[i]).toBeGreaterThan(scores[i - 1]!);
	});

	it('gives the same similarity a lower score in a smaller area', () => {
		const scores = [2_000, 10_000, USUAL, 80_000].map((area) => calibrate(20, area));
		expect(scores).toEqual(scores.toSorted((a, b) => a - b));
		expect(scores[0]).toBeLessThan(20);
	});

	it('treats areas without extent, and areas above all fingers, as the smallest and the largest', () => {
		expect(calibrate(20, 0)).toBe(calibrate(20, 1_000));
		expect(calibrate(20, 1e9)).toBe(calibrate(20, 105_000));
		expect(calibrate(100, 1e9)).toBe(100);
	});
});

describe('thresholdFor', () => {
	it.each([
		[0.01, 20],
		[0.001, 30],
		[0.0001, 40],
		[0.000001, 60],
		[0.0001 / 3, 44.8],
		[0.0001 / 50, 57],
	])('is -10 log10 of %s, rounded up to tenths', (rate, threshold) => {
		expect(thresholdFor(rate)).toBe(threshold);
	});
});
