import { matchTemplates } from './match.ts';
import type { PreparedTemplate } from './prepared-template.ts';

/**
 * Matches the probe with every candidate and returns the one with the highest score.
 *
 * @param candidates at least one
 * @returns the index of the best candidate (the first of equal ones) and its score, 0..100
 */
export function findBestMatch(
	probe: PreparedTemplate,
	candidates: readonly PreparedTemplate[],
): { readonly index: number; readonly score: number } {
	const scores = candidates.map((candidate) => matchTemplates(probe, candidate));
	const score = Math.max(...scores);
	return { index: scores.indexOf(score), score };
}
