import type { IsoRecord } from './iso-record.ts';
import { convexHull, type Hull } from './match-hull.ts';
import { describeNeighbourhoods, type Neighbourhoods } from './match-neighbourhood.ts';
import type { Minutia } from './minutia.ts';

/** Minutiae as parallel arrays; pixels at 500 dpi with y UP, so that angles and rotations are those of a mathematician. */
export interface MinutiaArrays {
	readonly count: number;
	readonly x: Float64Array;
	/** Ascending. */
	readonly y: Float64Array;
	/** Radians, 0 <= angle < 2 pi, counter-clockwise. */
	readonly angle: Float64Array;
}

/** A record made ready for many comparisons. */
export interface MatchTemplate extends MinutiaArrays {
	readonly neighbourhoods: Neighbourhoods;
	/** Around all minutiae. */
	readonly hull: Hull;
}

const MATCH_DPI = 500;

/** What `similarity` needs of a record; costs about as much as ten comparisons. */
export function prepareTemplate(record: IsoRecord): MatchTemplate {
	const scale = MATCH_DPI / record.dpi;
	const sorted = record.minutiae.toSorted(bottomFirst);
	const minutiae: MinutiaArrays = {
		count: sorted.length,
		x: Float64Array.from(sorted, (minutia) => minutia.x * scale),
		y: Float64Array.from(sorted, (minutia) => -minutia.y * scale),
		angle: Float64Array.from(sorted, (minutia) => minutia.angle),
	};
	return { ...minutiae, neighbourhoods: describeNeighbourhoods(minutiae), hull: convexHull(minutiae) };
}

/** A total order but for equal minutiae, so that the order of a record's minutiae cannot change a score. */
function bottomFirst(a: Minutia, b: Minutia): number {
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
