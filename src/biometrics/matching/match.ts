import type { FingerView } from '../records/finger-view.ts';
import { type Alignment, alignedX, alignedY, invert } from './alignment.ts';
import { findAlignment, type ScoredAlignment } from './alignment-search.ts';
import { HULL_MARGIN, type Hull, isWithin } from './hull.ts';
import { orderTemplates, type PreparedTemplate, prepareTemplate } from './prepared-template.ts';

/**
 * Scores that 1 %, 0.1 % and 0.01 % of the impostor pairs reach (false match rate, FMR).
 *
 * Measured on all 33 600 impostor pairs within FVC2002 DB1 B (our extractor and two others), FVC2004 DB1 B, FVC2000 DB2 B
 * and a U.are.U 4000 set: 1 % score above 17.0, 0.1 % above 19.4, 0.01 % above 21.0. Between the sets these scores vary from
 * 16.2 to 17.2, from 19.1 to 21.0 and from 19.1 to 21.4.
 */
export const MATCH_THRESHOLDS = { fmr1Percent: 17, fmr01Percent: 19.5, fmr001Percent: 21 } as const;

/** Lowest score at which the touches of one enrolment count as the same finger: an enrolment rarely contains another finger, and the operator has to repeat it when the right finger is refused. */
export const SAME_FINGER_SCORE = MATCH_THRESHOLDS.fmr1Percent;

/** Lowest score at which a touch matches a template: stricter, because a false match grants access. */
export const VERIFY_SCORE = MATCH_THRESHOLDS.fmr001Percent;

/** Number added to that of the minutiae in the common area, so that a few that agree by chance in a small area score low. */
const SMALL_AREA_PENALTY = 7;

/**
 * Prepares two records and matches them once, see `matchTemplates`.
 *
 * @returns the score, 0..100, see `MATCH_THRESHOLDS`
 */
export function matchRecords(a: FingerView, b: FingerView): number {
	return matchTemplates(prepareTemplate(a), prepareTemplate(b));
}

/**
 * Matches two fingerprints, whatever their position and rotation on the reader. The score is the share of the minutiae in
 * their common area that have a partner, weighted by how well partners agree in position, direction and descriptor.
 *
 * @param minSupport see `findAlignment`; templates with less support score 0, after less work
 * @returns the score, 0..100, the same for (a, b) and (b, a); mostly 30 to 50 for genuine pairs, below 15 for impostor pairs
 */
export function matchTemplates(a: PreparedTemplate, b: PreparedTemplate, minSupport = 0): number {
	const [first, second] = orderTemplates(a, b);
	const best = findAlignment(first, second, minSupport);
	return best === undefined ? 0 : scoreAlignment(first, second, best);
}

function scoreAlignment(a: PreparedTemplate, b: PreparedTemplate, { alignment, weight }: ScoredAlignment): number {
	const common = harmonicMean(countInside(b.hull, a, alignment), countInside(a.hull, b, invert(alignment)));
	return Math.min(100, (100 * weight) / (common + SMALL_AREA_PENALTY));
}

/** Returns how many aligned minutiae lie inside the hull of the other template. */
function countInside(hull: Hull, { count, x, y }: PreparedTemplate, alignment: Alignment): number {
	let inside = 0;
	for (let i = 0; i < count; i++) {
		const isInside = isWithin(hull, alignedX(alignment, x[i]!, y[i]!), alignedY(alignment, x[i]!, y[i]!), HULL_MARGIN);
		if (isInside) inside++;
	}
	return inside;
}

/** Returns the mean that is nearer to the smaller number: the template with more minutiae in the common area often has more false ones. */
function harmonicMean(a: number, b: number): number {
	return a + b === 0 ? 0 : (2 * a * b) / (a + b);
}
