import { type CalibrationPoint, isExceeded } from './calibration.ts';
import type { ErrorRates } from './error-rates.ts';
import type { Accuracy } from './measure-accuracy.ts';

/** Formats the measurements as human-readable lines. */
export function toTable(accuracy: Accuracy): string {
	const { enrolment, ...all } = accuracy;
	const lines = [
		['images', `${all.images} of ${all.fingers} fingers, ${all.failuresToExtract} failures to extract`],
		['minutiae', `${all.minutiaeMedian} in the median`],
		[
			'quality',
			`p5 ${all.qualityP5}, median ${all.qualityMedian}, p95 ${all.qualityP95}; rank correlation with genuine scores ${all.qualityCorrelation.toFixed(2)}`,
		],
		['CPU per image', `median ${all.cpuMsMedian.toFixed(1)} ms, p95 ${all.cpuMsP95.toFixed(1)} ms, one thread`],
		['matches', `${Math.round(all.matchesPerSecond)} per second, one thread`],
		['pairs', `${all.genuinePairs} genuine, ${all.impostorPairs} impostor`],
		['errors', errors(all)],
		[
			'score at FMR',
			`1 %: ${all.scoreAtFmr1Percent.toFixed(1)}  0.1 %: ${all.scoreAtFmr01Percent.toFixed(1)}  0.01 %: ${all.scoreAtFmr001Percent.toFixed(1)}`,
		],
		...all.calibration.map(calibrationRow),
		['enrolment', `${enrolment.enrolments} by three successive impressions, ${enrolment.refused} more refused`],
		['  merged', errors(enrolment.merged)],
		['  best single', errors(enrolment.bestSingle)],
		['  best of three', errors(enrolment.bestOfThree)],
	];
	return lines.map(toLine).join('');
}

/** Formats how the scores of impostor pairs compare with what they promise. */
export function calibrationLines(points: readonly CalibrationPoint[]): string {
	return points.map(calibrationRow).map(toLine).join('');
}

function calibrationRow(point: CalibrationPoint): string[] {
	return [`score ${point.score}`, calibrated(point)];
}

function toLine([name = '', value = '']: readonly string[]): string {
	return `${name.padEnd(17)} ${value}\n`;
}

function errors({ eer, fmr100, fmr1000 }: ErrorRates): string {
	return `EER ${percent(eer)}  FMR100 ${percent(fmr100)}  FMR1000 ${percent(fmr1000)}`;
}

function calibrated(point: CalibrationPoint): string {
	const [lowest, highest] = point.interval;
	const measured = `FMR ${percent3(point.rate)} (95 %: ${percent3(lowest)} to ${percent3(highest)}), promised ${percent3(point.promised)}`;
	return `${measured}; ${point.falseMatches} of ${point.allowed} allowed${isExceeded(point) ? ': EXCEEDED' : ''}`;
}

function percent3(rate: number): string {
	return `${(100 * rate).toFixed(3)} %`;
}

function percent(rate: number): string {
	return `${(100 * rate).toFixed(2).padStart(5)} %`;
}
