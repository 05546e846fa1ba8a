import { type CalibrationPoint, measureCalibration } from './calibration.ts';
import { compareEnrolments, type EnrolmentComparison } from './compare-enrolments.ts';
import { type ScoredPair, scorePairs } from './compare-impressions.ts';
import { type ErrorRates, errorRates, type OperatingPoint, operatingPoints, thresholdAt } from './error-rates.ts';
import type { Impression } from './impressions.ts';
import { quantile, rankCorrelation } from './statistics.ts';

/** How well and how fast the fingers of a set are distinguished. Rates are 0..1, times are those of one thread. */
export interface Accuracy extends ErrorRates {
	readonly images: number;
	readonly fingers: number;
	/** Number of images without a template; their scores are 0. */
	readonly failuresToExtract: number;
	readonly minutiaeMedian: number;
	/** 5th percentile of the quality of the images with a template, 0..100. */
	readonly qualityP5: number;
	/** Median of that quality. */
	readonly qualityMedian: number;
	/** 95th percentile of that quality. */
	readonly qualityP95: number;
	readonly cpuMsMedian: number;
	readonly cpuMsP95: number;
	readonly genuinePairs: number;
	readonly impostorPairs: number;
	/** See `thresholdAt`. */
	readonly scoreAtFmr1Percent: number;
	readonly scoreAtFmr01Percent: number;
	readonly scoreAtFmr001Percent: number;
	/** How the scores of the impostor pairs compare with what they promise. */
	readonly calibration: readonly CalibrationPoint[];
	readonly matchesPerSecond: number;
	/** Rank correlation of the quality of a genuine pair, the geometric mean of both, with its score. */
	readonly qualityCorrelation: number;
	readonly enrolment: EnrolmentComparison;
}

/** Follows the protocol of the Fingerprint Verification Competitions, except that all impostor pairs count, not only first impressions. */
export function measureAccuracy(impressions: readonly Impression[]): { accuracy: Accuracy; points: OperatingPoint[] } {
	const { genuine, impostor, matchesPerSecond } = scorePairs(impressions);
	const scoreOf = ({ score }: ScoredPair) => score;
	const impostorScores = impostor.map(scoreOf);
	const points = operatingPoints(genuine.map(scoreOf), impostorScores);
	const times = impressions.map(({ cpuMs }) => cpuMs);
	const qualities = impressions.flatMap(({ record }) => record?.quality ?? []);
	const accuracy = {
		images: impressions.length,
		fingers: new Set(impressions.map(({ finger }) => finger)).size,
		failuresToExtract: impressions.filter(({ record }) => record === undefined).length,
		minutiaeMedian: quantile(
			impressions.map(({ template }) => template.count),
			0.5,
		),
		qualityP5: quantile(qualities, 0.05),
		qualityMedian: quantile(qualities, 0.5),
		qualityP95: quantile(qualities, 0.95),
		cpuMsMedian: quantile(times, 0.5),
		cpuMsP95: quantile(times, 0.95),
		genuinePairs: genuine.length,
		impostorPairs: impostor.length,
		...errorRates(points),
		scoreAtFmr1Percent: thresholdAt(impostorScores, 0.01),
		scoreAtFmr01Percent: thresholdAt(impostorScores, 0.001),
		scoreAtFmr001Percent: thresholdAt(impostorScores, 0.0001),
		calibration: measureCalibration(impostorScores),
		matchesPerSecond,
		qualityCorrelation: rankCorrelation(genuine.map((pair) => [jointQuality(pair), pair.score])),
		enrolment: compareEnrolments(impressions),
	};
	return { accuracy, points };
}

function jointQuality({ a, b }: ScoredPair): number {
	return Math.sqrt((a.record?.quality ?? 0) * (b.record?.quality ?? 0));
}
