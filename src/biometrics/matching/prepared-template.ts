import type { IsoRecord } from '../records/iso-record.ts';
import type { Minutia } from '../records/minutia.ts';
import { convexHull, type Hull } from './hull.ts';
import { type MinutiaArrays, minutiaArrays } from './minutia-arrays.ts';
import { describeMinutiae, type MinutiaDescriptors } from './minutia-descriptor.ts';

/** A record made ready for many comparisons. */
export interface PreparedTemplate extends MinutiaArrays {
	readonly descriptors: MinutiaDescriptors;
	/** Around all minutiae. */
	readonly hull: Hull;
}

/** The resolution that templates are compared at, pixels per inch. */
export const MATCH_DPI = 500;

/** What `similarity` needs of a record; takes as long as a handful of comparisons. */
export function prepareTemplate({ minutiae: unsorted, dpi }: Pick<IsoRecord, 'minutiae' | 'dpi'>): PreparedTemplate {
	const scale = MATCH_DPI / dpi;
	const sorted = unsorted.toSorted(compareByPosition);
	const minutiae = minutiaArrays(...sorted.map(({ x, y, angle }) => [x * scale, -y * scale, angle] as const));
	return { ...minutiae, descriptors: describeMinutiae(minutiae), hull: convexHull(minutiae) };
}

/** The order in a template: total but for equal minutiae, so that the order of a record's minutiae cannot change a score. */
export function compareByPosition(a: Minutia, b: Minutia): number {
	return b.y - a.y || a.x - b.x || a.angle - b.angle;
}

/** Both templates in an order that does not depend on which came first: what is computed from them is then symmetric. */
export function orderTemplates(
	a: PreparedTemplate,
	b: PreparedTemplate,
): readonly [PreparedTemplate, PreparedTemplate] {
	return compareMinutiae(a, b) <= 0 ? [a, b] : [b, a];
}

/** The first difference in count, x, y or angle; 0 if there is none. */
function compareMinutiae(a: MinutiaArrays, b: MinutiaArrays): number {
	if (a.count !== b.count) return a.count - b.count;
	for (const key of ['x', 'y', 'angle'] as const) {
		const index = a[key].findIndex((value, i) => value !== b[key][i]);
		if (index >= 0) return a[key][index]! - b[key][index]!;
	}
	return 0;
}
