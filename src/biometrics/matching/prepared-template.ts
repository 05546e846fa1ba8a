import type { FingerView } from '../records/finger-view.ts';
import type { Minutia } from '../records/minutia.ts';
import { convexHull, type Hull } from './hull.ts';
import { type MinutiaArrays, minutiaArrays } from './minutia-arrays.ts';
import { describeMinutiae, type MinutiaDescriptors } from './minutia-descriptor.ts';

/** A record prepared for many matches. */
export interface PreparedTemplate extends MinutiaArrays {
	readonly descriptors: MinutiaDescriptors;
	/** How much each minutia counts, 0..1: the probability that it is not a false one. */
	readonly confidence: Float64Array;
	/** Convex hull of all minutiae. */
	readonly hull: Hull;
}

/** The resolution at which templates are matched, pixels per inch. */
export const MATCH_DPI = 500;

/** The confidence in minutiae whose quality a record does not report (0): about the mean of those that we rate. */
const UNRATED_CONFIDENCE = 0.75;

/** Prepares a record for `matchTemplates`; takes about as long as five matches. */
export function prepareTemplate({ minutiae: unsorted, dpi }: Pick<FingerView, 'minutiae' | 'dpi'>): PreparedTemplate {
	const scale = MATCH_DPI / dpi;
	const sorted = unsorted.toSorted(compareByPosition);
	const minutiae = minutiaArrays(...sorted.map(({ x, y, angle }) => [x * scale, -y * scale, angle] as const));
	const confidence = Float64Array.from(sorted, ({ quality }) => (quality === 0 ? UNRATED_CONFIDENCE : quality / 100));
	return { ...minutiae, descriptors: describeMinutiae(minutiae), confidence, hull: convexHull(minutiae) };
}

/** Sorts the minutiae of a template. Only equal minutiae compare as equal, so that their order in a record cannot change a score. */
export function compareByPosition(a: Minutia, b: Minutia): number {
	return b.y - a.y || a.x - b.x || a.angle - b.angle || a.quality - b.quality;
}

/** Returns both templates in an order that does not depend on the order of the arguments, which makes the score symmetric. */
export function orderTemplates(
	a: PreparedTemplate,
	b: PreparedTemplate,
): readonly [PreparedTemplate, PreparedTemplate] {
	return compareMinutiae(a, b) <= 0 ? [a, b] : [b, a];
}

/** Returns the first difference in count, x, y, angle or confidence; 0 if there is none. */
function compareMinutiae(a: PreparedTemplate, b: PreparedTemplate): number {
	if (a.count !== b.count) return a.count - b.count;
	for (const key of ['x', 'y', 'angle', 'confidence'] as const) {
		const index = a[key].findIndex((value, i) => value !== b[key][i]);
		if (index >= 0) return a[key][index]! - b[key][index]!;
	}
	return 0;
}
