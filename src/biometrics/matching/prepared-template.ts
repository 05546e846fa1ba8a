import type { IsoRecord } from '../records/iso-record.ts';
import type { Minutia } from '../records/minutia.ts';
import { convexHull, type Hull } from './hull.ts';
import { type MinutiaArrays, minutiaArrays } from './minutia-arrays.ts';
import { describeNeighbourhoods, type Neighbourhoods } from './minutia-descriptor.ts';

/** A record made ready for many comparisons. */
export interface MatchTemplate extends MinutiaArrays {
	readonly neighbourhoods: Neighbourhoods;
	/** Around all minutiae. */
	readonly hull: Hull;
}

/** The resolution that templates are compared at, pixels per inch. */
export const MATCH_DPI = 500;

/** What `similarity` needs of a record; takes as long as a handful of comparisons. */
export function prepareTemplate({ minutiae: unsorted, dpi }: Pick<IsoRecord, 'minutiae' | 'dpi'>): MatchTemplate {
	const scale = MATCH_DPI / dpi;
	const sorted = unsorted.toSorted(bottomFirst);
	const minutiae = minutiaArrays(...sorted.map(({ x, y, angle }) => [x * scale, -y * scale, angle] as const));
	return { ...minutiae, neighbourhoods: describeNeighbourhoods(minutiae), hull: convexHull(minutiae) };
}

/** The order in a template: total but for equal minutiae, so that the order of a record's minutiae cannot change a score. */
export function bottomFirst(a: Minutia, b: Minutia): number {
	return b.y - a.y || a.x - b.x || a.angle - b.angle;
}

/** Both templates in an order that does not depend on which came first: what is computed from them is then symmetric. */
export function inOrder(a: MatchTemplate, b: MatchTemplate): readonly [MatchTemplate, MatchTemplate] {
	return difference(a, b) <= 0 ? [a, b] : [b, a];
}

/** The first difference in count, x, y or angle; 0 if there is none. */
function difference(a: MinutiaArrays, b: MinutiaArrays): number {
	if (a.count !== b.count) return a.count - b.count;
	for (const key of ['x', 'y', 'angle'] as const) {
		const index = a[key].findIndex((value, i) => value !== b[key][i]);
		if (index >= 0) return a[key][index]! - b[key][index]!;
	}
	return 0;
}
