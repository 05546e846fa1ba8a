/** What a matcher's scores are worth; rates 0..1 as defined by the Fingerprint Verification Competitions. */
export interface ErrorRates {
	/** Where as many genuine pairs are refused as impostors accepted. */
	readonly eer: number;
	/** Genuine pairs refused where at most 1 % of the impostors are accepted ... */
	readonly fmr100: number;
	/** ... and where at most 0.1 % are. */
	readonly fmr1000: number;
}

/**
 * A pair is accepted when its score is at or above the threshold; thresholds are the scores that occur.
 *
 * @see D. Maio et al., "FVC2000: Fingerprint Verification Competition", IEEE Trans. Pattern Analysis and Machine
 *   Intelligence 24(3), 2002
 */
export function errorRates(genuine: readonly number[], impostor: readonly number[]): ErrorRates {
	const thresholds = [...new Set([...genuine, ...impostor]), Number.POSITIVE_INFINITY].sort((a, b) => a - b);
	const points = thresholds.map((threshold) => ({
		falseMatch: shareFrom(impostor, threshold),
		falseNonMatch: 1 - shareFrom(genuine, threshold),
	}));
	return { eer: equalErrorRate(points), fmr100: nonMatchesAt(points, 0.01), fmr1000: nonMatchesAt(points, 0.001) };
}

/** The impostor score that a share of `falseMatchRate` of the impostors lies above: a threshold must be higher. */
export function thresholdAt(impostor: readonly number[], falseMatchRate: number): number {
	const descending = impostor.toSorted((a, b) => b - a);
	return descending[Math.floor(falseMatchRate * descending.length)] ?? 0;
}

interface OperatingPoint {
	readonly falseMatch: number;
	readonly falseNonMatch: number;
}

/** Midway between the two rates at whichever of the points around their crossing has the smaller sum. */
function equalErrorRate(points: readonly OperatingPoint[]): number {
	const after = points.findIndex(({ falseMatch, falseNonMatch }) => falseNonMatch >= falseMatch);
	const [first, second] = points.slice(Math.max(0, after - 1), after + 1).map(meanError);
	return Math.min(first ?? 1, second ?? 1);
}

function meanError({ falseMatch, falseNonMatch }: OperatingPoint): number {
	return (falseMatch + falseNonMatch) / 2;
}

function nonMatchesAt(points: readonly OperatingPoint[], falseMatchRate: number): number {
	return Math.min(...points.filter((point) => point.falseMatch <= falseMatchRate).map((point) => point.falseNonMatch));
}

function shareFrom(scores: readonly number[], threshold: number): number {
	return scores.filter((score) => score >= threshold).length / scores.length;
}
