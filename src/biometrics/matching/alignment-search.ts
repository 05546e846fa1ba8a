import { type Alignment, alignPair, alignPairing } from './alignment.ts';
import { alignMinutia, geometricSimilarity } from './geometric-similarity.ts';
import { findMostSimilarPairs, type MinutiaPair } from './local-similarity.ts';
import { Pairer } from './pairing.ts';
import type { PreparedTemplate } from './prepared-template.ts';

/** An alignment of two templates, and how well their minutiae coincide under it. */
export interface ScoredAlignment {
	readonly alignment: Alignment;
	/** Sum of the weights, 0..1 each, of the paired minutiae. */
	readonly weight: number;
}

/** A pair of minutiae and the alignment that maps one exactly onto the other. */
interface Seed extends MinutiaPair {
	readonly alignment: Alignment;
	/** How well the other seeds agree with that alignment, see `findAlignment`. */
	readonly support: number;
}

/** Number of minutia pairs used as seeds: those with the most similar descriptors. */
const SEEDS = 24;
/** Number of seeds whose alignment is refined on all minutiae: those with the most support. */
const REFINED_SEEDS = 3;

/**
 * Returns the best alignment of `a` with `b`. Each pair of minutiae with similar descriptors (a seed) defines a
 * position and a rotation. The seeds that most other seeds agree with are refined on all minutiae that coincide; the best
 * is refined again and corrected for distortion.
 *
 * @returns undefined if no two descriptors have anything in common
 */
export function findAlignment(a: PreparedTemplate, b: PreparedTemplate): ScoredAlignment | undefined {
	let untried = rankSeeds(a, b, findMostSimilarPairs(a, b, SEEDS));
	if (untried.length === 0) return undefined;
	const pairer = new Pairer(a, b);
	let best: ScoredAlignment | undefined;
	for (let refinedSeeds = 0; refinedSeeds < REFINED_SEEDS && untried.length > 0; refinedSeeds++) {
		const refined = refineAlignment(a, b, untried[0]!.alignment, pairer);
		if (best === undefined || refined.weight > best.weight) best = refined;
		// A seed that this alignment already pairs would only lead to the same alignment.
		untried = untried.slice(1).filter(({ i, j }) => !pairer.hasPaired(i, j));
	}
	return best === undefined ? undefined : correctDistortion(refineAlignment(a, b, best.alignment, pairer), pairer);
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
	for (const { i, j, similarity } of pairs)
		support += similarity * geometricSimilarity(alignMinutia(a, i, alignment), b, j);
	return support;
}

function refineAlignment(a: PreparedTemplate, b: PreparedTemplate, seed: Alignment, pairer: Pairer): ScoredAlignment {
	pairer.pair(seed);
	if (pairer.total === 0) return { alignment: seed, weight: 0 };
	const alignment = alignPairing(a, b, pairer);
	pairer.pair(alignment);
	return { alignment, weight: pairer.total };
}

/** Scores the alignment under which the pairer paired last again, with each minutia moved as its neighbours are. */
function correctDistortion({ alignment }: ScoredAlignment, pairer: Pairer): ScoredAlignment {
	pairer.pairDistorted(alignment);
	return { alignment, weight: pairer.confidentTotal() };
}
