import { matchTemplates } from '../../src/biometrics/matching/match.ts';
import type { Impression } from './impressions.ts';

/** Two impressions and their match score. */
export interface ScoredPair {
	readonly a: Impression;
	readonly b: Impression;
	/** 0..100; 0 if one of them has no template. */
	readonly score: number;
}

export interface ScoredPairs {
	/** All pairs of the same finger. */
	readonly genuine: readonly ScoredPair[];
	/** All pairs of different fingers. */
	readonly impostor: readonly ScoredPair[];
	/** Matches of prepared templates, in one thread. */
	readonly matchesPerSecond: number;
}

/** Matches every impression with every other. */
export function scorePairs(impressions: readonly Impression[]): ScoredPairs {
	compareAll(impressions); // A running service has warmed up; the compilation must not count.
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
