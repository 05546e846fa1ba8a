/** Error rates of a matcher, 0..1, as defined by the Fingerprint Verification Competitions. */
export interface ErrorRates {
	/** Equal error rate: the share of genuine pairs refused at the threshold where it equals the share of impostor pairs accepted. */
	readonly eer: number;
	/** Share of genuine pairs refused at the threshold where at most 1 % of the impostor pairs are accepted. */
	readonly fmr100: number;
	/** Share of genuine pairs refused at the threshold where at most 0.1 % of the impostor pairs are accepted. */
	readonly fmr1000: number;
}

/** The rates, 0..1, at one threshold: a pair is accepted if its score is at or above it. */
export interface OperatingPoint {
	readonly threshold: number;
	/** Share of the impostor pairs that are accepted. */
	readonly falseMatch: number;
	/** Share of the genuine pairs that are refused. */
	readonly falseNonMatch: number;
}

/** Returns one point for each score that occurs, in ascending order, and one at which no pair is accepted. */
export function operatingPoints(genuine: readonly number[], impostor: readonly number[]): OperatingPoint[] {
	const thresholds = [...new Set([...genuine, ...impostor]), Number.POSITIVE_INFINITY].sort((a, b) => a - b);
	const refusedGenuine = countBelow(genuine, thresholds);
	const refusedImpostor = countBelow(impostor, thresholds);
	return thresholds.map((threshold, i) => ({
		threshold,
		falseMatch: (impostor.length - (refusedImpostor[i] ?? 0)) / impostor.length,
		falseNonMatch: (refusedGenuine[i] ?? 0) / genuine.length,
	}));
}

/**
 * Returns the rates by which matchers are compared.
 *
 * @see D. Maio et al., "FVC2000: Fingerprint Verification Competition", IEEE Trans. Pattern Analysis and Machine
 *   Intelligence 24(3), 2002
 */
export function errorRates(points: readonly OperatingPoint[]): ErrorRates {
	return { eer: equalErrorRate(points), fmr100: nonMatchesAt(points, 0.01), fmr1000: nonMatchesAt(points, 0.001) };
}

/** Returns the score that a share `falseMatchRate` of the impostor pairs exceeds; the threshold must be higher. */
export function thresholdAt(impostor: readonly number[], falseMatchRate: number): number {
	const descending = impostor.toSorted((a, b) => b - a);
	return descending[Math.floor(falseMatchRate * descending.length)] ?? 0;
}

/** Returns the mean of the two rates at the point before or after their crossing, whichever has the smaller sum. */
function equalErrorRate(points: readonly OperatingPoint[]): number {
	const after = points.findIndex(({ falseMatch, falseNonMatch }) => falseNonMatch >= falseMatch);
	const [first, second] = points.slice(Math.max(0, after - 1), after + 1).map(meanError);
	return Math.min(first ?? 1, second ?? 1);
}

function meanError({ falseMatch, falseNonMatch }: OperatingPoint): number {
	return (falseMatch + falseNonMatch) / 2;
}

function nonMatchesAt(points: readonly OperatingPoint[], falseMatchRate: number): number {
	return points.find(({ falseMatch }) => falseMatch <= falseMatchRate)?.falseNonMatch ?? 1;
}

/** Returns the number of scores below each threshold; the thresholds must be ascending. */
function countBelow(scores: readonly number[], thresholds: readonly number[]): number[] {
	const ascending = scores.toSorted((a, b) => a - b);
	let below = 0;
	return thresholds.map((threshold) => {
		while ((ascending[below] ?? Number.POSITIVE_INFINITY) < threshold) below++;
		return below;
	});
}
