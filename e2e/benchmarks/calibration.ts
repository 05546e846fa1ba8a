/** How many pairs of different fingers reach a score, and how many may. */
export interface CalibrationPoint {
	readonly score: number;
	/** The false match rate that the score promises, 0..1. */
	readonly promised: number;
	readonly falseMatches: number;
	/** The number of false matches that the promise allows: a count above it occurs in less than 1 % of samples. */
	readonly allowed: number;
	/** Measured false match rate with its 95 % interval, 0..1. */
	readonly rate: number;
	readonly interval: readonly [lowest: number, highest: number];
}

const SCORES = [20, 30, 40] as const;

/** Compares the scores of the impostor pairs with the rates that the scores promise. */
export function measureCalibration(impostor: readonly number[]): CalibrationPoint[] {
	const pairs = impostor.length;
	return SCORES.map((score) => {
		const promised = 10 ** (-score / 10);
		const falseMatches = impostor.filter((reached) => reached >= score).length;
		return {
			score,
			promised,
			falseMatches,
			allowed: poissonQuantile(pairs * promised, 0.99),
			rate: falseMatches / pairs,
			interval: wilsonInterval(falseMatches, pairs),
		};
	});
}

/** Returns whether more pairs than allowed reach a score. */
export function isExceeded({ falseMatches, allowed }: CalibrationPoint): boolean {
	return falseMatches > allowed;
}

/** Returns the smallest count that a Poisson variable with this mean does not exceed with this probability, 0..1. */
export function poissonQuantile(mean: number, probability: number): number {
	let count = 0;
	// Logarithms, because exp(-mean) is 0 for the means of large sets.
	let logTerm = -mean;
	let cumulative = Math.exp(logTerm);
	while (cumulative < probability) {
		count++;
		logTerm += Math.log(mean / count);
		cumulative += Math.exp(logTerm);
	}
	return count;
}

/**
 * Returns the 95 % interval of a rate.
 *
 * @see E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
 *   Statistical Association 22(158), 1927
 */
function wilsonInterval(hits: number, trials: number): [number, number] {
	const z = 1.96;
	const rate = hits / trials;
	const centre = rate + (z * z) / (2 * trials);
	const spread = z * Math.sqrt((rate * (1 - rate)) / trials + (z * z) / (4 * trials * trials));
	const scale = 1 + (z * z) / trials;
	return [Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale)];
}
