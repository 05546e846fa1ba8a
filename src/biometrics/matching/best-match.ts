import { matchTemplates } from './match.ts';
import type { PreparedTemplate } from './prepared-template.ts';

/**
 * A candidate whose best seed has less support is not looked at closer. Of all pairs within the four sets that
 * `MATCH_THRESHOLDS` was measured on none that reaches a similarity of 20 has less than 1.36; more than half of all pairs
 * of different fingers have.
 */
const MIN_SUPPORT = 1.3;

/**
 * The candidate most similar to the probe, found by comparing it with each in turn; hopeless ones are rejected early and count
 * as 0. That cannot change which one wins as long as the winner is a match, that is, reaches `VERIFY_SCORE`.
 *
 * @param candidates at least one
 * @returns its index, the first of equals, and its similarity 0..100
 */
export function findBestMatch(
	probe: PreparedTemplate,
	candidates: readonly PreparedTemplate[],
): { readonly index: number; readonly score: number } {
	const scores = candidates.map((candidate) => matchTemplates(probe, candidate, MIN_SUPPORT));
	const score = Math.max(...scores);
	return { index: scores.indexOf(score), score };
}
