import { type Alignment, alignPair, alignPairing } from './match-alignment.ts';
import { compareNeighbourhoods, type Likeness } from './match-likeness.ts';
import { type Pairing, pairMinutiae } from './match-pairing.ts';
import type { MatchTemplate } from './match-template.ts';

/** One way to lay a template over another, and the minutiae that then meet. */
export interface Overlay {
	readonly alignment: Alignment;
	readonly pairing: Pairing;
}

/** Pairs of minutiae tried as the seed of an alignment: those whose neighbourhoods are most alike. */
const SEEDS = 15;
/** Overlays worth refining: those whose pairs weigh most. */
const FINALISTS = 3;
const REFINEMENTS = 2;

/**
 * The few best ways to lay `a` over `b`. Each begins with one pair of minutiae whose neighbourhoods are alike, which fixes
 * place and rotation; all minutiae are paired under it; the alignment is fitted to those pairs, and so on.
 */
export function findOverlays(a: MatchTemplate, b: MatchTemplate): Overlay[] {
	const likeness = compareNeighbourhoods(a, b, SEEDS);
	return overlaysFromSeeds(a, b, likeness)
		.sort((one, other) => other.pairing.total - one.pairing.total)
		.slice(0, FINALISTS)
		.map((overlay) => refine(a, b, likeness, overlay));
}

function overlaysFromSeeds(a: MatchTemplate, b: MatchTemplate, likeness: Likeness): Overlay[] {
	const overlays: Overlay[] = [];
	for (const index of likeness.best) {
		const i = Math.floor(index / b.count);
		const j = index % b.count;
		// A seed that an earlier overlay already pairs would only find that overlay again.
		if (overlays.some(({ pairing }) => pairing.partner[i] === j)) continue;
		const alignment = alignPair(a, i, b, j);
		overlays.push({ alignment, pairing: pairMinutiae(a, b, alignment, likeness) });
	}
	return overlays;
}

function refine(a: MatchTemplate, b: MatchTemplate, likeness: Likeness, seed: Overlay): Overlay {
	let overlay = seed;
	for (let round = 0; round < REFINEMENTS; round++) {
		const alignment = alignPairing(a, b, overlay.pairing);
		overlay = { alignment, pairing: pairMinutiae(a, b, alignment, likeness) };
	}
	return overlay;
}
