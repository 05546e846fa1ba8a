import { matchTemplates } from '../../src/biometrics/matching/match.ts';
import type { Impression } from './impressions.ts';

/** Two impressions and how alike they are. */
export interface ScoredPair {
	readonly a: Impression;
	readonly b: Impression;
	/** 0..100; 0 where one of them has no template. */
	readonly score: number;
}

export interface ScoredPairs {
	/** All pairs within a finger. */
	readonly genuine: readonly ScoredPair[];
	/** All pairs between fingers. */
	readonly impostor: readonly ScoredPair[];
	/** Prepared templates compared in one thread. */
	readonly matchesPerSecond: number;
}

/** Compare every impression with every other. */
export function scorePairs(impressions: readonly Impression[]): ScoredPairs {
	compareAll(impressions); // the optimiser's warm-up is not what a running service pays
	const start = process.cpuUsage();
	const all = compareAll(impressions);
	const { user, system } = process.cpuUsage(start);
	return {
		genuine: all.filter(({ a, b }) => a.finger === b.finger),
		impostor: all.filter(({ a, b }) => a.finger !== b.finger),
		matchesPerSecond: (1e6 * all.length) / (user + system),
	};
}

function compareAll(impressions: readonly Impression[]): ScoredPair[] {
	return impressions.flatMap((a, index) =>
		impressions.slice(index + 1).map((b) => ({ a, b, score: matchTemplates(a.template, b.template) })),
	);
}
