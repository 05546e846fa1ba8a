import type { IsoRecord } from './iso-record.ts';
import { type Alignment, invert, laidX, laidY } from './match-alignment.ts';
import { type Hull, isWithin } from './match-hull.ts';
import { findOverlay, type Overlay } from './match-search.ts';
import { inOrder, type MatchTemplate, prepareTemplate } from './match-template.ts';

/**
 * From this similarity on, two records are taken for the same finger: at most one pair of different fingers in a thousand
 * gets there. Measured with `e2e/benchmarks/match.ts` on all pairs of different fingers of five sets (FVC2002 DB1 B by two
 * other extractors; FVC2000 DB2 B, FVC2004 DB1 B and a U.are.U set by ours, 30 720 pairs): 0.1 % are above 17.8 to 20.0.
 */
export const SAME_FINGER_SCORE = 20;

/** Pixels around the hull of a template where a minutia of the other still counts as in the common area. */
const HULL_MARGIN = 10;
/** Minutiae added to every common area, so that a few that agree by chance in a small one prove little. */
const DOUBT = 7;

/**
 * How alike two fingerprints are; `similarity` with both templates prepared for this one comparison.
 *
 * @returns 0..100, see `SAME_FINGER_SCORE`
 */
export function compareFingerprints(a: IsoRecord, b: IsoRecord): number {
	return similarity(prepareTemplate(a), prepareTemplate(b));
}

/**
 * How alike two fingerprints are, whatever their place and rotation on the reader: the share of the minutiae in their common
 * area that find a partner, weighted by how well partners agree in place, direction and neighbourhood.
 *
 * @returns 0..100, the same for (a, b) and (b, a); mostly 30 to 50 for one finger, below 15 for two
 */
export function similarity(a: MatchTemplate, b: MatchTemplate): number {
	const [first, second] = inOrder(a, b);
	const overlay = findOverlay(first, second);
	return overlay === undefined ? 0 : agreement(first, second, overlay);
}

function agreement(a: MatchTemplate, b: MatchTemplate, { alignment, weight }: Overlay): number {
	const common = Math.sqrt(countOver(b.hull, a, alignment) * countOver(a.hull, b, invert(alignment)));
	return Math.min(100, (100 * weight) / (common + DOUBT));
}

/** How many minutiae come to lie over the hull of the other template. */
function countOver(hull: Hull, { count, x, y }: MatchTemplate, alignment: Alignment): number {
	let over = 0;
	for (let i = 0; i < count; i++) {
		const isOver = isWithin(hull, laidX(alignment, x[i]!, y[i]!), laidY(alignment, x[i]!, y[i]!), HULL_MARGIN);
		if (isOver) over++;
	}
	return over;
}
