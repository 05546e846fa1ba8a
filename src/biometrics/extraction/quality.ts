import type { QualityHint } from '../../protocol/quality-hints.ts';
import type { ImpressionMeasures } from './measure-impression.ts';

/** A region smaller than this is no finger that a person put there, mm2. */
const MIN_FINGER_MM2 = 30;
/** Of 440 real impressions the worst has 0.25, of checks and dots in many sizes the best 0.10. */
const MIN_COHERENCE = 0.15;

/** False when the picture shows no finger at all: blank, noise, dirt, a pattern of anything but ridges. */
export function showsFinger(impression: ImpressionMeasures): boolean {
	return impression.areaMm2 >= MIN_FINGER_MM2 && impression.coherence >= MIN_COHERENCE;
}

/**
 * How useful the impression of a finger is for matching, 0..100, an integer: the product of how clear its ridges are, how
 * much finger there is, its contrast, its modulation and its minutiae, each 0 at a level that is of no use and 1 where more
 * does not help. The levels were read off four public sets of real scans.
 */
export function scoreQuality(impression: ImpressionMeasures, minutiaCount: number): number {
	const clarity = ramp(impression.fit, 0.56, 0.86);
	const area = ramp(impression.areaMm2, MIN_FINGER_MM2, 170);
	const contrast = ramp(impression.contrast, 2, 25);
	const modulation = ramp(impression.modulation, 0.1, 0.4);
	const minutiae = ramp(minutiaCount, 0, 24);
	return Math.round(100 * clarity * modulation * Math.sqrt(area * minutiae * contrast));
}

/** What is measurably wrong, in the words of the wire. */
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

/** 0 up to `low`, 1 from `high`, straight between. */
function ramp(value: number, low: number, high: number): number {
	return Math.min(Math.max((value - low) / (high - low), 0), 1);
}
