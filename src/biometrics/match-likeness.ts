import { countNibbles, DIRECTIONS, sumNibbles } from './match-neighbourhood.ts';
import type { MatchTemplate } from './match-template.ts';

/** Minutia `i` of one template and `j` of another. */
export interface LikePair {
	readonly i: number;
	readonly j: number;
	/** See `likenessOf`. */
	readonly likeness: number;
}

/**
 * How alike the neighbourhoods of two minutiae are: `1 - |A xor B| / (|A| + |B|)` with the Euclidean length of bit vectors,
 * the similarity of the Minutia Cylinder-Code.
 *
 * @returns 0..1; an empty neighbourhood is like nothing
 */
export function likenessOf(a: MatchTemplate, i: number, b: MatchTemplate, j: number): number {
	const norms = a.neighbourhoods.norm[i]! + b.neighbourhoods.norm[j]!;
	if (norms === 0) return 0;
	const differences = countDifferences(a.neighbourhoods.words, i * DIRECTIONS, b.neighbourhoods.words, j * DIRECTIONS);
	return 1 - Math.sqrt(differences) / norms;
}

/** The pairs of minutiae, out of all, with the most alike neighbourhoods: at most `limit`, best first, none of likeness 0. */
export function mostAlike(a: MatchTemplate, b: MatchTemplate, limit: number): LikePair[] {
	const { words: wordsOfA, norm: normOfA } = a.neighbourhoods;
	const { words: wordsOfB, norm: normOfB } = b.neighbourhoods;
	const best: LikePair[] = [];
	let enough = 0;
	for (let i = 0; i < a.count; i++) {
		for (let j = 0; j < b.count; j++) {
			const norms = normOfA[i]! + normOfB[j]!;
			const differences = countDifferences(wordsOfA, i * DIRECTIONS, wordsOfB, j * DIRECTIONS);
			// Solved for the differences, so that hopeless pairs, nearly all of them, cost no root and no division.
			if (differences >= ((1 - enough) * norms) ** 2) continue;
			const likeness = 1 - Math.sqrt(differences) / norms;
			if (likeness <= enough) continue;
			insert(best, { i, j, likeness }, limit);
			if (best.length === limit) enough = best[limit - 1]!.likeness;
		}
	}
	return best;
}

/** How many bits differ in six words. Written out, three words to one sum of nibbles: a third of a match is spent here. */
function countDifferences(a: Int32Array, i: number, b: Int32Array, j: number): number {
	const firstHalf =
		countNibbles(a[i]! ^ b[j]!) + countNibbles(a[i + 1]! ^ b[j + 1]!) + countNibbles(a[i + 2]! ^ b[j + 2]!);
	const secondHalf =
		countNibbles(a[i + 3]! ^ b[j + 3]!) + countNibbles(a[i + 4]! ^ b[j + 4]!) + countNibbles(a[i + 5]! ^ b[j + 5]!);
	return sumNibbles(firstHalf) + sumNibbles(secondHalf);
}

/** Put a pair in its place among the best, keeping at most `limit`; of equals the earlier stays ahead. */
function insert(best: LikePair[], pair: LikePair, limit: number): void {
	if (best.length === limit) best.pop();
	let at = best.length;
	while (at > 0 && best[at - 1]!.likeness < pair.likeness) at--;
	best.splice(at, 0, pair);
}
