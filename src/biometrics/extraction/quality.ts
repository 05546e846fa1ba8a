import type { QualityHint } from '../../protocol/quality-hints.ts';
import type { ImpressionMeasures } from './measure-impression.ts';

/** A smaller region is not a finger, mm2. */
const MIN_FINGER_MM2 = 30;
/** The minimum of 440 real impressions is 0.25; the maximum of checkerboards and dots of many sizes is 0.10. */
const MIN_COHERENCE = 0.15;

/** Returns whether the image shows a finger, and not only background, noise, dirt or another pattern. */
export function showsFinger(impression: ImpressionMeasures): boolean {
	return impression.areaMm2 >= MIN_FINGER_MM2 && impression.coherence >= MIN_COHERENCE;
}

/**
 * Returns how useful an impression is for matching, an integer 0..100. It is a product of ramps over the clarity of the
 * ridges, area, contrast, modulation and number of minutiae: each is 0 at a useless level and 1 where more does not help. The
 * levels were derived from four public sets of real images.
 */
export function scoreQuality(impression: ImpressionMeasures, minutiaCount: number): number {
	const clarity = ramp(impression.fit, 0.56, 0.86);
	const area = ramp(impression.areaMm2, MIN_FINGER_MM2, 170);
	const contrast = ramp(impression.contrast, 2, 25);
	const modulation = ramp(impression.modulation, 0.1, 0.4);
	const minutiae = ramp(minutiaCount, 0, 24);
	return Math.round(100 * clarity * modulation * Math.sqrt(area * minutiae * contrast));
}

/** Returns the measurable faults of an impression as quality hints of the protocol. */
export function explainQuality(impression: ImpressionMeasures): QualityHint[] {
	const { areaMm2, offCentre, brokenRidges, filledValleys, fit, contrast, brightness, modulation } = impression;
	const isDry = brokenRidges > 0.18;
	const isWet = filledValleys > 0.11;
	const faults: readonly [QualityHint, boolean][] = [
		['too-small-area', areaMm2 < 100],
		['off-centre', offCentre > 0.17],
		['too-dry', isDry],
		['too-wet', isWet],
		['smudged', (fit < 0.7 || modulation < 0.31) && !isDry && !isWet],
		['too-light', contrast < 20 && brightness > 170],
	];
	return faults.filter(([, isSo]) => isSo).map(([hint]) => hint);
}

/** Returns 0 up to `low`, 1 from `high`, and a linear interpolation between. */
function ramp(value: number, low: number, high: number): number {
	return Math.min(Math.max((value - low) / (high - low), 0), 1);
}
