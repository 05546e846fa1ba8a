import { matchTemplates } from './match.ts';
import type { PreparedTemplate } from './prepared-template.ts';

/**
 * A candidate whose best seed has less support is rejected without refinement. In the four data sets that
 * `MATCH_THRESHOLDS` was measured on, every pair with a score of at least 20 has a support of at least 1.36; more than half
 * of the impostor pairs have less.
 */
const MIN_SUPPORT = 1.3;

/**
 * Matches the probe with every candidate and returns the one with the highest score. Candidates without support are rejected
 * early with score 0. This does not change the result as long as the best score reaches `VERIFY_SCORE`.
 *
 * @param candidates at least one
 * @returns the index of the best candidate (the first of equal ones) and its score, 0..100
 */
export function findBestMatch(
	probe: PreparedTemplate,
	candidates: readonly PreparedTemplate[],
): { readonly index: number; readonly score: number } {
	const scores = candidates.map((candidate) => matchTemplates(probe, candidate, MIN_SUPPORT));
	const score = Math.max(...scores);
	return { index: scores.indexOf(score), score };
}
