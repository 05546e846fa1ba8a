import { similarity } from '../../src/biometrics/matching/match.ts';
import type { Impression } from './impressions.ts';

/** Two impressions and how alike they are. */
export interface Comparison {
	readonly a: Impression;
	readonly b: Impression;
	/** 0..100; 0 where one of them has no template. */
	readonly score: number;
}

export interface Comparisons {
	/** All pairs within a finger. */
	readonly genuine: readonly Comparison[];
	/** All pairs between fingers. */
	readonly impostor: readonly Comparison[];
	/** Prepared templates compared in one thread. */
	readonly matchesPerSecond: number;
}

/** Compare every impression with every other. */
export function compareImpressions(impressions: readonly Impression[]): Comparisons {
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

function compareAll(impressions: readonly Impression[]): Comparison[] {
	return impressions.flatMap((a, index) =>
		impressions.slice(index + 1).map((b) => ({ a, b, score: similarity(a.template, b.template) })),
	);
}
