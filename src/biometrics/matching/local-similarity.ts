import { countNibbles, DIRECTIONS, type MinutiaDescriptors, sumNibbles } from './minutia-descriptor.ts';
import type { PreparedTemplate } from './prepared-template.ts';

/** Minutia `i` of one template and `j` of another. */
export interface MinutiaPair {
	readonly i: number;
	readonly j: number;
	/** Similarity of their descriptors, see `localSimilarity`. */
	readonly similarity: number;
}

/**
 * Returns the similarity of two minutia descriptors: `1 - |A xor B| / (|A| + |B|)` with the Euclidean length of bit vectors,
 * as in the Minutia Cylinder-Code.
 *
 * @returns 0..1; 0 if a descriptor is empty
 */
export function localSimilarity(a: PreparedTemplate, i: number, b: PreparedTemplate, j: number): number {
	const norms = a.descriptors.norm[i]! + b.descriptors.norm[j]!;
	if (norms === 0) return 0;
	const differences = countDifferences(a.descriptors.words, i * DIRECTIONS, b.descriptors.words, j * DIRECTIONS);
	return 1 - Math.sqrt(differences) / norms;
}

/** Returns the pairs of minutiae with the most similar descriptors: at most `limit`, best first, none with similarity 0. */
export function findMostSimilarPairs(a: PreparedTemplate, b: PreparedTemplate, limit: number): MinutiaPair[] {
	const best: MinutiaPair[] = [];
	for (let i = 0; i < a.count; i++) addPairsOf(best, a.descriptors, i, b.descriptors, limit);
	return best;
}

/** Adds the pairs of minutia `i` with the minutiae of the other template that belong to the best pairs. */
function addPairsOf(best: MinutiaPair[], a: MinutiaDescriptors, i: number, b: MinutiaDescriptors, limit: number): void {
	// The words are read once, not for each partner: this loop takes a third of the time of a match.
	const first = a.words[i * DIRECTIONS]!;
	const second = a.words[i * DIRECTIONS + 1]!;
	const third = a.words[i * DIRECTIONS + 2]!;
	const fourth = a.words[i * DIRECTIONS + 3]!;
	const fifth = a.words[i * DIRECTIONS + 4]!;
	const sixth = a.words[i * DIRECTIONS + 5]!;
	const norm = a.norm[i]!;
	let minimum = lowestSimilarity(best, limit);
	for (let j = 0, at = 0; j < b.norm.length; j++, at += DIRECTIONS) {
		const firstHalf = countNibbles3(first ^ b.words[at]!, second ^ b.words[at + 1]!, third ^ b.words[at + 2]!);
		const secondHalf = countNibbles3(fourth ^ b.words[at + 3]!, fifth ^ b.words[at + 4]!, sixth ^ b.words[at + 5]!);
		const differences = sumNibbles(firstHalf) + sumNibbles(secondHalf);
		const norms = norm + b.norm[j]!;
		// Solved for the differences: the pairs rejected here, nearly all, cost no square root and no division.
		if (differences >= ((1 - minimum) * norms) ** 2) continue;
		const similarity = 1 - Math.sqrt(differences) / norms;
		if (similarity <= minimum) continue;
		insert(best, { i, j, similarity }, limit);
		minimum = lowestSimilarity(best, limit);
	}
}

/** Returns the similarity that a pair must exceed to be among the best. */
function lowestSimilarity(best: readonly MinutiaPair[], limit: number): number {
	return best.length === limit ? best[limit - 1]!.similarity : 0;
}

/** Returns the number of bits that differ in six words. */
function countDifferences(a: Int32Array, i: number, b: Int32Array, j: number): number {
	const firstHalf = countNibbles3(a[i]! ^ b[j]!, a[i + 1]! ^ b[j + 1]!, a[i + 2]! ^ b[j + 2]!);
	const secondHalf = countNibbles3(a[i + 3]! ^ b[j + 3]!, a[i + 4]! ^ b[j + 4]!, a[i + 5]! ^ b[j + 5]!);
	return sumNibbles(firstHalf) + sumNibbles(secondHalf);
}

/** Returns, for each nibble position, the number of bits set in three words: at most 12, which fits into a nibble. */
function countNibbles3(first: number, second: number, third: number): number {
	return countNibbles(first) + countNibbles(second) + countNibbles(third);
}

/** Inserts a pair into the sorted list, which keeps at most `limit`; of equal pairs the earlier comes first. */
function insert(best: MinutiaPair[], pair: MinutiaPair, limit: number): void {
	let at = Math.min(best.length, limit - 1);
	for (; at > 0 && best[at - 1]!.similarity < pair.similarity; at--) best[at] = best[at - 1]!;
	best[at] = pair;
}
