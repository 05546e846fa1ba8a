/**
 * Pairs of similarity and score, in ascending order; between them the score is interpolated.
 *
 * Measured with `npm run bench:calibration` on all pairs of different fingers within FVC2002 DB1 B, FVC2004 DB1 B, FVC2000 DB2 B,
 * a U.are.U 4000 set and FCJ2020 A (206 000 pairs), on 100 000 pairs across these sets, on 80 000 with templates cut to 8 to 20
 * neighbouring minutiae, and on 66 000 with merged templates. The scores 20, 30 and 40 are set so that the rates also hold for
 * the worst of these groups; over all sets, 0.6 of the promised pairs reach them. Above 45 the score is extrapolated; above 90
 * it only orders.
 */
const CALIBRATION = [
	[0, 0],
	[10, 4],
	[14, 11],
	[17.5, 20],
	[20.7, 30],
	[23.8, 40],
	[39.3, 90],
	[100, 100],
] as const;

/** Area in square pixels at 500 dpi of the minutiae of a usual finger, for which no correction is made. */
const USUAL_AREA = 35_000;
/** The smallest and largest area that differ in the correction, as a share of the usual one. */
const AREA_LIMITS = { min: 0.05, max: 3 } as const;
/** How much similarity different fingers gain by chance when the smaller area shrinks: its exponent, fitted to those pairs. */
const AREA_EXPONENT = 0.11;

/**
 * Returns the calibrated score of two templates: -10 log10 of the rate at which different fingers reach their similarity.
 * 20 is 1 in 100, 30 is 1 in 1 000, 40 is 1 in 10 000.
 *
 * @param similarity 0..100, the weight of the pairs as a share of the minutiae in the common area
 * @param area of the convex hull of the smaller template, square pixels at 500 dpi: a small area resembles others more often
 * @returns 0..100
 */
export function calibrate(similarity: number, area: number): number {
	const share = Math.min(Math.max(area / USUAL_AREA, AREA_LIMITS.min), AREA_LIMITS.max);
	const corrected = Math.min(similarity * share ** AREA_EXPONENT, 100);
	const above = Math.max(
		1,
		CALIBRATION.findIndex(([limit]) => corrected <= limit),
	);
	const [fromSimilarity, fromScore] = CALIBRATION[above - 1]!;
	const [toSimilarity, toScore] = CALIBRATION[above]!;
	return fromScore + ((corrected - fromSimilarity) / (toSimilarity - fromSimilarity)) * (toScore - fromScore);
}

/**
 * Returns the lowest score at which different fingers match at most at this rate, rounded up to tenths.
 *
 * @param falseMatchRate 0 < rate <= 1
 */
export function thresholdFor(falseMatchRate: number): number {
	// Binary fractions make 10 * -log10(0.0001) differ from 40 in the last place, which must not become 40.1.
	return Math.ceil(-100 * Math.log10(falseMatchRate) - 1e-9) / 10;
}
