import { bitCount, DIRECTIONS, type Neighbourhoods } from './match-neighbourhood.ts';
import type { MatchTemplate } from './match-template.ts';

/** How alike the neighbourhoods of each minutia of one template and each of another are. */
export interface Likeness {
	/** `a.count * b.count` values 0..1, row by row of `a`. */
	readonly values: Float32Array;
	/** Indices into `values` of the most alike, best first. */
	readonly best: readonly number[];
}

/**
 * Compare every neighbourhood with every other: `1 - |A xor B| / (|A| + |B|)` with the Euclidean length of bit vectors, the
 * similarity of the Minutia Cylinder-Code. An empty neighbourhood is like nothing.
 *
 * @param bestCount how many of the best pairs to give
 */
export function compareNeighbourhoods(a: MatchTemplate, b: MatchTemplate, bestCount: number): Likeness {
	const values = new Float32Array(a.count * b.count);
	const best: number[] = [];
	let enough = 0;
	for (let i = 0, at = 0; i < a.count; i++) {
		for (let j = 0; j < b.count; j++, at++) {
			const value = likeness(a.neighbourhoods, i, b.neighbourhoods, j);
			values[at] = value;
			if (value > enough) {
				insert(best, at, values, bestCount);
				if (best.length === bestCount) enough = values[best[bestCount - 1]!]!;
			}
		}
	}
	return { values, best };
}

function likeness(a: Neighbourhoods, i: number, b: Neighbourhoods, j: number): number {
	const norms = a.norm[i]! * b.norm[j]!;
	if (norms === 0) return 0;
	let difference = 0;
	for (let direction = 0; direction < DIRECTIONS; direction++) {
		difference += bitCount(a.words[i * DIRECTIONS + direction]! ^ b.words[j * DIRECTIONS + direction]!);
	}
	return 1 - Math.sqrt(difference) / (a.norm[i]! + b.norm[j]!);
}

/** Put `index` in its place among the best, keeping at most `limit`; of equals the earlier stays ahead. */
function insert(best: number[], index: number, values: Float32Array, limit: number): void {
	if (best.length === limit) best.pop();
	let at = best.length;
	while (at > 0 && values[best[at - 1]!]! < values[index]!) at--;
	best.splice(at, 0, index);
}
