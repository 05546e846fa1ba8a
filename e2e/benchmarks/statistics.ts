/**
 * Returns Spearman's rank correlation, which measures how monotonically one quantity grows with another. Equal values share
 * the mean of their ranks.
 *
 * @returns -1..1; NaN if one of the two quantities is constant
 * @see C. Spearman, "The proof and measurement of association between two things", American Journal of Psychology 15(1), 1904
 */
export function rankCorrelation(pairs: readonly (readonly [number, number])[]): number {
	const first = centredRanks(pairs.map(([value]) => value));
	const second = centredRanks(pairs.map(([, value]) => value));
	return dot(first, second) / Math.sqrt(dot(first, first) * dot(second, second));
}

/** Returns twice the difference of each rank from the mean rank: how many values it exceeds minus how many exceed it. */
function centredRanks(values: readonly number[]): number[] {
	return values.map((value) => values.reduce((sum, other) => sum + Math.sign(value - other), 0));
}

function dot(a: readonly number[], b: readonly number[]): number {
	return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

/** Returns the value that a share of the values, 0..1, does not exceed; NaN for an empty array. 0.5 is the median. */
export function quantile(values: readonly number[], share: number): number {
	const ascending = values.toSorted((a, b) => a - b);
	return ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? Number.NaN;
}
