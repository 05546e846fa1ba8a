import { describe, expect, it } from 'vitest';
import type { ImpressionMeasures } from './measure-impression.ts';
import { explainQuality, scoreQuality, showsFinger } from './quality.ts';

const GOOD: ImpressionMeasures = {
	areaMm2: 220,
	fit: 0.84,
	coherence: 0.65,
	contrast: 50,
	brightness: 160,
	modulation: 0.6,
	brokenRidges: 0.06,
	filledValleys: 0.03,
	offCentre: 0.03,
	ridgePeriodMm: 0.46,
};
const NOTHING: ImpressionMeasures = { ...GOOD, areaMm2: 0, fit: 0 };

describe('scoreQuality', () => {
	it('is high for a good finger and 0 without a finger', () => {
		expect(scoreQuality(GOOD, 40)).toBeGreaterThan(80);
		expect(scoreQuality(NOTHING, 0)).toBe(0);
	});

	it.each<[string, ImpressionMeasures, number]>([
		['a smaller area', { ...GOOD, areaMm2: 70 }, 40],
		['less clear ridges', { ...GOOD, fit: 0.7 }, 40],
		['lower contrast', { ...GOOD, contrast: 8 }, 40],
		['smeared ridges', { ...GOOD, modulation: 0.25 }, 40],
		['fewer minutiae', GOOD, 9],
		['ridges too close for a finger', { ...GOOD, ridgePeriodMm: 0.24 }, 40],
		['ridges too far apart for a finger', { ...GOOD, ridgePeriodMm: 0.85 }, 40],
	])('is clearly lower for %s', (_, impression, minutiae) => {
		expect(scoreQuality(impression, minutiae)).toBeLessThan(0.75 * scoreQuality(GOOD, 40));
	});

	it('does not depend on the ridge period of real fingers', () => {
		for (const ridgePeriodMm of [0.31, 0.4, 0.65]) {
			expect(scoreQuality({ ...GOOD, ridgePeriodMm }, 40)).toBe(scoreQuality(GOOD, 40));
		}
	});

	it('stays within 0..100 for extreme measurements', () => {
		expect(scoreQuality({ ...GOOD, areaMm2: 1e6, fit: 1, contrast: 127 }, 255)).toBe(100);
		expect(scoreQuality({ ...GOOD, fit: -1 }, 255)).toBe(0);
	});
});

describe('explainQuality', () => {
	it.each<[string, Partial<ImpressionMeasures>, string[]]>([
		['a good finger', {}, []],
		['a finger at the edge', { offCentre: 0.3, areaMm2: 60 }, ['too-small-area', 'off-centre']],
		['broken ridges', { brokenRidges: 0.25, fit: 0.66 }, ['too-dry']],
		['filled valleys', { filledValleys: 0.2, fit: 0.66 }, ['too-wet']],
		['unclear ridges that are neither dry nor wet', { fit: 0.64 }, ['smudged']],
		['smeared ridges', { modulation: 0.25 }, ['smudged']],
		['a pale image', { contrast: 15, brightness: 220 }, ['too-light']],
		['squeezed grey levels', { contrast: 8 }, ['low-contrast']],
		['squeezed light grey levels', { contrast: 8, brightness: 220 }, ['too-light', 'low-contrast']],
		['ridges as close as at half the resolution', { ridgePeriodMm: 0.24 }, ['wrong-resolution']],
		['ridges as far apart as at double the resolution', { ridgePeriodMm: 0.85 }, ['wrong-resolution']],
		['the closest ridges of real fingers', { ridgePeriodMm: 0.34 }, []],
		['the widest ridges of real fingers', { ridgePeriodMm: 0.6 }, []],
	])('for %s with %j returns %j', (_, change, hints) => {
		expect(explainQuality({ ...GOOD, ...change })).toEqual(hints);
	});
});

describe('showsFinger', () => {
	it.each([
		[0, false],
		[11, false],
		[12, true],
		[220, true],
	])('for a region of %i mm2 returns %s', (areaMm2, expected) => {
		expect(showsFinger({ ...GOOD, areaMm2 })).toBe(expected);
	});

	it('returns false for a pattern without a direction', () => {
		expect(showsFinger({ ...GOOD, coherence: 0.1 })).toBe(false);
	});
});
