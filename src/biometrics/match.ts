import type { IsoRecord } from './iso-record.ts';
import { type Alignment, invert, laidX, laidY } from './match-alignment.ts';
import { type Hull, isWithin } from './match-hull.ts';
import { findOverlays, type Overlay } from './match-search.ts';
import { inOrder, type MatchTemplate, prepareTemplate } from './match-template.ts';

/**
 * From this similarity on, two records are taken for the same finger: about one pair of different fingers in a thousand gets
 * there. Measured on 2880 such pairs of FVC2002 DB1 set B for each of two extractors (`e2e/benchmarks/match.ts`).
 */
export const SAME_FINGER_SCORE = 24;

/** Pixels around the hull of a template where a minutia of the other still counts as in the common area. */
const HULL_MARGIN = 10;
/** Minutiae added to every common area, so that a few that agree by chance in a small one prove little. */
const DOUBT = 4;

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
 * @returns 0..100, the same for (a, b) and (b, a); about 45 for two impressions of one finger, 10 for two fingers
 */
export function similarity(a: MatchTemplate, b: MatchTemplate): number {
	const [first, second] = inOrder(a, b);
	const scores = findOverlays(first, second).map((overlay) => agreement(first, second, overlay));
	return Math.max(0, ...scores);
}

function agreement(a: MatchTemplate, b: MatchTemplate, { alignment, pairing }: Overlay): number {
	const common = Math.sqrt(countOver(b.hull, a, alignment) * countOver(a.hull, b, invert(alignment)));
	return Math.min(100, (100 * pairing.total) / (common + DOUBT));
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
