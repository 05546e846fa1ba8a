import { describe, expect, it } from 'vitest';
import { gaugeArc, gaugeTick, qualityBand } from './quality-gauge.ts';

describe('qualityBand', () => {
	it.each([
		[0, 'poor'],
		[24, 'poor'],
		[25, 'low'],
		[49, 'low'],
		[50, 'good'],
		[74, 'good'],
		[75, 'excellent'],
		[100, 'excellent'],
	])('of %i is %s', (quality, band) => {
		expect(qualityBand(quality)).toBe(band);
	});
});

describe('the quality gauge', () => {
	it.each([
		['the whole dial', 0, 100, 'M 10.00 60.00 A 50 50 0 0 1 110.00 60.00'],
		['the left half', 0, 50, 'M 10.00 60.00 A 50 50 0 0 1 60.00 10.00'],
		['nothing', 0, 0, 'M 10.00 60.00 A 50 50 0 0 1 10.00 60.00'],
		['a quarter on the right', 75, 100, 'M 95.36 24.64 A 50 50 0 0 1 110.00 60.00'],
	])('draws %s', (_, from, to, path) => {
		expect(gaugeArc(from, to)).toBe(path);
	});

	it('marks a value across the dial', () => {
		expect(gaugeTick(50, 0.8, 1.2)).toBe('M 60.00 20.00 L 60.00 0.00');
	});
});
