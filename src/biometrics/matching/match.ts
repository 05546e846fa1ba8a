import type { FingerView } from '../records/finger-view.ts';
import { type Alignment, alignedX, alignedY, invert } from './alignment.ts';
import { findAlignment, type ScoredAlignment } from './alignment-search.ts';
import { calibrate } from './calibration.ts';
import { HULL_MARGIN, type Hull, isWithin } from './hull.ts';
import { orderTemplates, type PreparedTemplate, prepareTemplate } from './prepared-template.ts';

/**
 * Lowest score at which the touches of one enrolment count as the same finger, for a false match rate of 1 %: an enrolment rarely
 * contains another finger, and the operator has to repeat it when the right finger is refused.
 */
export const SAME_FINGER_SCORE = 20;

/** Number added to that of the minutiae in the common area, so that a few that agree by chance in a small area score low. */
const SMALL_AREA_PENALTY = 4;

/**
 * Prepares two records and matches them once, see `matchTemplates`.
 *
 * @returns the score, 0..100, see `calibrate`
 */
export function matchRecords(a: FingerView, b: FingerView): number {
	return matchTemplates(prepareTemplate(a), prepareTemplate(b));
}

/**
 * Matches two fingerprints, whatever their position and rotation on the reader. Their similarity is the share of the minutiae in
 * their common area that have a partner, weighted by how well partners agree in position, direction and descriptor, and
 * by the confidence in them.
 *
 * @returns the calibrated score, 0..100, the same for (a, b) and (b, a), see `calibrate`; mostly 60 to 95 for genuine pairs
 */
export function matchTemplates(a: PreparedTemplate, b: PreparedTemplate): number {
	const [first, second] = orderTemplates(a, b);
	const best = findAlignment(first, second);
	return best === undefined ? 0 : scoreAlignment(first, second, best);
}

function scoreAlignment(a: PreparedTemplate, b: PreparedTemplate, { alignment, weight }: ScoredAlignment): number {
	const common = harmonicMean(countInside(b.hull, a, alignment), countInside(a.hull, b, invert(alignment)));
	return calibrate((100 * weight) / (common + SMALL_AREA_PENALTY), Math.min(a.hull.area, b.hull.area));
}

/** Returns the number of aligned minutiae inside the hull of the other template, each counted by its confidence. */
function countInside(hull: Hull, { count, x, y, confidence }: PreparedTemplate, alignment: Alignment): number {
	let inside = 0;
	for (let i = 0; i < count; i++) {
		const isInside = isWithin(hull, alignedX(alignment, x[i]!, y[i]!), alignedY(alignment, x[i]!, y[i]!), HULL_MARGIN);
		if (isInside) inside += confidence[i]!;
	}
	return inside;
}

/** Returns the mean that is nearer to the smaller number: the template with more minutiae in the common area often has more false ones. */
function harmonicMean(a: number, b: number): number {
	return a + b === 0 ? 0 : (2 * a * b) / (a + b);
}
