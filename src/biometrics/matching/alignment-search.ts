import { type Alignment, alignPair, alignPairing } from './alignment.ts';
import { type LikePair, mostAlike } from './local-similarity.ts';
import { closeness, layMinutia } from './minutia-fit.ts';
import { Pairer } from './pairing.ts';
import type { MatchTemplate } from './prepared-template.ts';

/** One way to lay a template over another. */
export interface Overlay {
	readonly alignment: Alignment;
	/** Sum of the weights, 0..1 each, of the pairs of minutiae that then meet. */
	readonly weight: number;
}

/** A pair of minutiae and the alignment that lays one exactly over the other. */
interface Seed extends LikePair {
	readonly alignment: Alignment;
	/** How far the other seeds agree with that alignment. */
	readonly support: number;
}

/** Pairs of minutiae tried as seeds: those whose neighbourhoods are most alike. */
const SEEDS = 24;
/** Seeds whose alignment is fitted to all minutiae: those of the most support. */
const FINALISTS = 2;
const FITTING_ROUNDS = 2;

/**
 * The best way found to lay `a` over `b`. It begins with pairs of minutiae whose neighbourhoods are alike: each fixes place
 * and rotation, and those that most others agree with are fitted to all minutiae that meet.
 *
 * @param leastSupport how far the seeds must agree on the best supported of them, as the sum over the 24 seeds of their
 *   likeness times their closeness; default 0. Medians on real scans: 1.2 for two fingers, 13 for one
 * @returns undefined if they do not, or no two neighbourhoods have anything in common
 */
export function findOverlay(a: MatchTemplate, b: MatchTemplate, leastSupport = 0): Overlay | undefined {
	let untried = rankSeeds(a, b, mostAlike(a, b, SEEDS));
	if (untried.length === 0 || untried[0]!.support < leastSupport) return undefined;
	const pairer = new Pairer(a, b);
	let best: Overlay | undefined;
	for (let finalist = 0; finalist < FINALISTS && untried.length > 0; finalist++) {
		const overlay = fitTo(a, b, untried[0]!.alignment, pairer);
		if (best === undefined || overlay.weight > best.weight) best = overlay;
		// A seed that this overlay pairs would only lead to the overlay again.
		untried = untried.slice(1).filter(({ i, j }) => !pairer.hasPaired(i, j));
	}
	return best;
}

function rankSeeds(a: MatchTemplate, b: MatchTemplate, pairs: readonly LikePair[]): Seed[] {
	const seeds = pairs.map((pair) => {
		const alignment = alignPair(a, pair.i, b, pair.j);
		return { ...pair, alignment, support: supportFrom(a, b, pairs, alignment) };
	});
	return seeds.sort((one, other) => other.support - one.support);
}

function supportFrom(a: MatchTemplate, b: MatchTemplate, pairs: readonly LikePair[], alignment: Alignment): number {
	let support = 0;
	for (const { i, j, likeness } of pairs) support += likeness * closeness(layMinutia(a, i, alignment), b, j);
	return support;
}

function fitTo(a: MatchTemplate, b: MatchTemplate, seed: Alignment, pairer: Pairer): Overlay {
	let alignment = seed;
	pairer.pair(alignment);
	for (let round = 0; round < FITTING_ROUNDS && pairer.total > 0; round++) {
		alignment = alignPairing(a, b, pairer);
		pairer.pair(alignment);
	}
	return { alignment, weight: pairer.total };
}
