/**
 * How far one quantity grows with another, whatever the shape of the growth: Spearman's rank correlation, equal values sharing
 * the mean of their ranks.
 *
 * @returns -1..1; NaN where one of the two is the same for all pairs
 * @see C. Spearman, "The proof and measurement of association between two things", American Journal of Psychology 15(1), 1904
 */
export function rankCorrelation(pairs: readonly (readonly [number, number])[]): number {
	const first = centredRanks(pairs.map(([value]) => value));
	const second = centredRanks(pairs.map(([, value]) => value));
	return dot(first, second) / Math.sqrt(dot(first, first) * dot(second, second));
}

/** Twice the rank of each value less the mean rank: how many others it exceeds, less how many exceed it. */
function centredRanks(values: readonly number[]): number[] {
	return values.map((value) => values.reduce((sum, other) => sum + Math.sign(value - other), 0));
}

function dot(a: readonly number[], b: readonly number[]): number {
	return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
