import type { QualityHint } from '../../protocol/quality-hints.ts';
import type { ImpressionMeasures } from './measure-impression.ts';

/** A smaller region is not a finger, mm2. The middle of a finger fills a sensor of 96 x 96 pixels with about 23 mm2. */
const MIN_FINGER_MM2 = 12;
/** A smaller region has too few minutiae to match, mm2. */
const USELESS_MM2 = 30;
/** A larger region does not help, mm2. */
const SUFFICIENT_MM2 = 170;
/** The minimum of 360 real impressions of five sets is 0.34; the maximum of checkerboards and dots from 4 pixels on is 0.11. */
const MIN_COHERENCE = 0.15;
/**
 * Range of the median distance between ridges, mm. That of the 1 046 real impressions is 0.34 to 0.59; if the stated resolution is
 * half or double the true one, that of most is 0.21 to 0.30 or 0.70 to 0.88.
 */
const RIDGE_PERIOD_MM = { min: 0.31, max: 0.65 };
/** Outside this range nothing can be matched, mm. */
const USABLE_PERIOD_MM = { min: 0.15, max: 1 };
/** Local standard deviation, grey levels; the minimum of the real impressions is 17. */
const LOW_CONTRAST = 12;

/** Returns whether the image shows a finger, and not only background, noise, dirt or another pattern. */
export function showsFinger(impression: ImpressionMeasures): boolean {
	return impression.areaMm2 >= MIN_FINGER_MM2 && impression.coherence >= MIN_COHERENCE;
}

/**
 * Returns how useful an impression is for matching, an integer 0..100. It is a product of ramps over the clarity of the
 * ridges, area, contrast, modulation, number of minutiae and ridge period: each is 0 at a useless level and 1 where more does not help. The
 * levels were derived from four public sets of real images.
 */
export function scoreQuality(impression: ImpressionMeasures, minutiaCount: number): number {
	const clarity = ramp(impression.fit, 0.56, 0.86);
	const area = ramp(impression.areaMm2, USELESS_MM2, SUFFICIENT_MM2);
	const contrast = ramp(impression.contrast, 2, 25);
	const modulation = ramp(impression.modulation, 0.1, 0.4);
	const minutiae = ramp(minutiaCount, 0, 24);
	const resolution = scoreResolution(impression.ridgePeriodMm);
	return Math.round(100 * resolution * clarity * modulation * Math.sqrt(area * minutiae * contrast));
}

/** Returns 1 if the distance between ridges is that of a finger, and less the further it is from that. */
function scoreResolution(periodMm: number): number {
	const notTooSmall = ramp(periodMm, USABLE_PERIOD_MM.min, RIDGE_PERIOD_MM.min);
	const notTooLarge = 1 - ramp(periodMm, RIDGE_PERIOD_MM.max, USABLE_PERIOD_MM.max);
	return notTooSmall * notTooLarge;
}

/** Returns the measurable faults of an impression as quality hints of the protocol. */
export function explainQuality(impression: ImpressionMeasures): QualityHint[] {
	const { areaMm2, offCentre, brokenRidges, filledValleys, fit, contrast, brightness, modulation, ridgePeriodMm } =
		impression;
	const isDry = brokenRidges > 0.18;
	const isWet = filledValleys > 0.11;
	const faults: readonly [QualityHint, boolean][] = [
		['too-small-area', areaMm2 < 100],
		['off-centre', offCentre > 0.17],
		['too-dry', isDry],
		['too-wet', isWet],
		['smudged', (fit < 0.7 || modulation < 0.31) && !isDry && !isWet],
		['too-light', contrast < 20 && brightness > 170],
		['low-contrast', contrast < LOW_CONTRAST],
		['wrong-resolution', ridgePeriodMm < RIDGE_PERIOD_MM.min || ridgePeriodMm > RIDGE_PERIOD_MM.max],
	];
	return faults.filter(([, isSo]) => isSo).map(([hint]) => hint);
}

/** Returns 0 up to `low`, 1 from `high`, and a linear interpolation between. */
function ramp(value: number, low: number, high: number): number {
	return Math.min(Math.max((value - low) / (high - low), 0), 1);
}
