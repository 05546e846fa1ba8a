import { type Alignment, alignPair, alignPairing } from './alignment.ts';
import { alignMinutia, geometricSimilarity } from './geometric-similarity.ts';
import { findMostSimilarPairs, type MinutiaPair } from './local-similarity.ts';
import { Pairer } from './pairing.ts';
import type { PreparedTemplate } from './prepared-template.ts';

/** One way to lay a template over another. */
export interface ScoredAlignment {
	readonly alignment: Alignment;
	/** Sum of the weights, 0..1 each, of the pairs of minutiae that then meet. */
	readonly weight: number;
}

/** A pair of minutiae and the alignment that lays one exactly over the other. */
interface Seed extends MinutiaPair {
	readonly alignment: Alignment;
	/** How far the other seeds agree with that alignment. */
	readonly support: number;
}

/** Pairs of minutiae tried as seeds: those whose neighbourhoods are most alike. */
const SEEDS = 24;
/** Seeds whose alignment is fitted to all minutiae: those of the most support. */
const REFINED_SEEDS = 2;
const REFINEMENT_ROUNDS = 2;

/**
 * The best way found to lay `a` over `b`. It begins with pairs of minutiae whose neighbourhoods are alike: each fixes place
 * and rotation, and those that most others agree with are fitted to all minutiae that meet.
 *
 * @param leastSupport how far the seeds must agree on the best supported of them, as the sum over the 24 seeds of their
 *   likeness times their closeness; default 0. Medians on real scans: 1.2 for two fingers, 13 for one
 * @returns undefined if they do not, or no two neighbourhoods have anything in common
 */
export function findAlignment(a: PreparedTemplate, b: PreparedTemplate, leastSupport = 0): ScoredAlignment | undefined {
	let untried = rankSeeds(a, b, findMostSimilarPairs(a, b, SEEDS));
	if (untried.length === 0 || untried[0]!.support < leastSupport) return undefined;
	const pairer = new Pairer(a, b);
	let best: ScoredAlignment | undefined;
	for (let finalist = 0; finalist < REFINED_SEEDS && untried.length > 0; finalist++) {
		const overlay = refineAlignment(a, b, untried[0]!.alignment, pairer);
		if (best === undefined || overlay.weight > best.weight) best = overlay;
		// A seed that this overlay pairs would only lead to the overlay again.
		untried = untried.slice(1).filter(({ i, j }) => !pairer.hasPaired(i, j));
	}
	return best;
}

function rankSeeds(a: PreparedTemplate, b: PreparedTemplate, pairs: readonly MinutiaPair[]): Seed[] {
	const seeds = pairs.map((pair) => {
		const alignment = alignPair(a, pair.i, b, pair.j);
		return { ...pair, alignment, support: supportFor(a, b, pairs, alignment) };
	});
	return seeds.sort((one, other) => other.support - one.support);
}

function supportFor(
	a: PreparedTemplate,
	b: PreparedTemplate,
	pairs: readonly MinutiaPair[],
	alignment: Alignment,
): number {
	let support = 0;
	for (const { i, j, similarity: likeness } of pairs)
		support += likeness * geometricSimilarity(alignMinutia(a, i, alignment), b, j);
	return support;
}

function refineAlignment(a: PreparedTemplate, b: PreparedTemplate, seed: Alignment, pairer: Pairer): ScoredAlignment {
	let alignment = seed;
	pairer.pair(alignment);
	for (let round = 0; round < REFINEMENT_ROUNDS && pairer.total > 0; round++) {
		alignment = alignPairing(a, b, pairer);
		pairer.pair(alignment);
	}
	return { alignment, weight: pairer.total };
}
