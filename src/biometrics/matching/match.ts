import type { IsoRecord } from '../records/iso-record.ts';
import { type Alignment, alignedX, alignedY, invert } from './alignment.ts';
import { findAlignment, type ScoredAlignment } from './alignment-search.ts';
import { HULL_MARGIN, type Hull, isWithin } from './hull.ts';
import { orderTemplates, type PreparedTemplate, prepareTemplate } from './prepared-template.ts';

/**
 * Similarities that 1 %, 0.1 % and 0.01 % of pairs of different fingers reach.
 *
 * Measured on all 33 600 pairs of different fingers within FVC2002 DB1 B (our extractor and two others), FVC2004 DB1 B,
 * FVC2000 DB2 B and a U.are.U 4000 set: 1 % are above 17.0, 0.1 % above 19.4, 0.01 % above 21.0. From set to set these vary
 * from 16.2 to 17.2, from 19.1 to 21.0 and from 19.1 to 21.4.
 */
export const MATCH_THRESHOLDS = { fmr1Percent: 17, fmr01Percent: 19.5, fmr001Percent: 21 } as const;

/** From here on the scans of one enrolment are taken for one finger: a right finger refused annoys, a wrong one is rare. */
export const SAME_FINGER_SCORE = MATCH_THRESHOLDS.fmr1Percent;

/** From here on a touch is taken for the finger of a template: whoever is let in wrongly has nobody to stop him. */
export const VERIFY_SCORE = MATCH_THRESHOLDS.fmr001Percent;

/** Minutiae added to every common area, so that a few that agree by chance in a small one prove little. */
const SMALL_AREA_PENALTY = 7;

/**
 * How alike two fingerprints are; `similarity` with both templates prepared for this one comparison.
 *
 * @returns 0..100, see `MATCH_THRESHOLDS`
 */
export function matchRecords(a: IsoRecord, b: IsoRecord): number {
	return matchTemplates(prepareTemplate(a), prepareTemplate(b));
}

/**
 * How alike two fingerprints are, whatever their place and rotation on the reader: the share of the minutiae in their common
 * area that find a partner, weighted by how well partners agree in place, direction and neighbourhood.
 *
 * @param leastSupport see `findOverlay`; templates that fall short of it get 0, sooner
 * @returns 0..100, the same for (a, b) and (b, a); mostly 30 to 50 for one finger, below 15 for two
 */
export function matchTemplates(a: PreparedTemplate, b: PreparedTemplate, leastSupport = 0): number {
	const [first, second] = orderTemplates(a, b);
	const overlay = findAlignment(first, second, leastSupport);
	return overlay === undefined ? 0 : scoreAlignment(first, second, overlay);
}

function scoreAlignment(a: PreparedTemplate, b: PreparedTemplate, { alignment, weight }: ScoredAlignment): number {
	const common = Math.sqrt(countInside(b.hull, a, alignment) * countInside(a.hull, b, invert(alignment)));
	return Math.min(100, (100 * weight) / (common + SMALL_AREA_PENALTY));
}

/** How many minutiae come to lie over the hull of the other template. */
function countInside(hull: Hull, { count, x, y }: PreparedTemplate, alignment: Alignment): number {
	let over = 0;
	for (let i = 0; i < count; i++) {
		const isOver = isWithin(hull, alignedX(alignment, x[i]!, y[i]!), alignedY(alignment, x[i]!, y[i]!), HULL_MARGIN);
		if (isOver) over++;
	}
	return over;
}
