import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encode } from 'fast-png';
import { decodeIsoRecord } from '../src/biometrics/worker-engine.ts';
import { synthesiseImpression } from '../src/devices/drivers/virtual/synthesis/impression.ts';
import { isExceeded, measureCalibration, poissonQuantile } from './benchmarks/calibration.ts';
import { errorRates, operatingPoints, thresholdAt } from './benchmarks/error-rates.ts';
import { rankCorrelation } from './benchmarks/statistics.ts';
import { Program } from './support/program.ts';
import { expect, test } from './support/service-test.ts';

const BENCHMARK = fileURLToPath(new URL('./benchmarks/accuracy.ts', import.meta.url));
/** The scores 0..999. */
const THOUSAND = Array.from({ length: 1_000 }, (_, score) => score);

test.describe('error rates', () => {
	test('are 0 if every genuine score is above every impostor score', () => {
		expect(errorRates(operatingPoints([1_000, 2_000], THOUSAND))).toEqual({ eer: 0, fmr100: 0, fmr1000: 0 });
	});

	test('count a score at the threshold as accepted', () => {
		expect(operatingPoints([2, 3], [1, 2])).toEqual([
			{ threshold: 1, falseMatch: 1, falseNonMatch: 0 },
			{ threshold: 2, falseMatch: 0.5, falseNonMatch: 0 },
			{ threshold: 3, falseMatch: 0, falseNonMatch: 0.5 },
			{ threshold: Number.POSITIVE_INFINITY, falseMatch: 0, falseNonMatch: 1 },
		]);
	});

	test('are measured where 1 % and 0.1 % of the impostor pairs are accepted', () => {
		const rates = errorRates(operatingPoints([1_000, 998.5, 989.5, 0], THOUSAND));
		expect(rates).toMatchObject({ fmr100: 0.25, fmr1000: 0.5 });
		expect(thresholdAt(THOUSAND, 0.01)).toBe(989);
	});

	test('are equal at the mean of the two rates around their crossing', () => {
		expect(errorRates(operatingPoints([1, 3, 5, 7], [0, 2, 4, 6])).eer).toBe(0.375);
	});
});

test.describe('the calibration', () => {
	test('holds where as many impostor pairs reach a score as it promises', () => {
		const points = measureCalibration(Array.from({ length: 10_000 }, (_, i) => -10 * Math.log10((i + 0.5) / 10_000)));
		expect(points.map(({ falseMatches }) => falseMatches)).toEqual([100, 10, 1]);
		expect(points.some(isExceeded)).toBe(false);
	});

	test('is exceeded where clearly more reach it', () => {
		const points = measureCalibration(Array.from({ length: 10_000 }, (_, i) => (i < 25 ? 32 : 0)));
		expect(points.map(isExceeded)).toEqual([false, true, false]);
		expect(points[1]?.rate).toBeCloseTo(0.0025);
		expect(points[1]?.interval.map((limit) => Number(limit.toFixed(4)))).toEqual([0.0017, 0.0037]);
	});

	test('allows the counts that 99 % of samples do not exceed, also for large sets', () => {
		expect([0.288, 1.92, 2.88, 28.8].map((mean) => poissonQuantile(mean, 0.99))).toEqual([2, 6, 7, 42]);
		expect(poissonQuantile(2_000, 0.99)).toBeGreaterThan(2_080);
	});
});

test('rank correlation measures monotonic growth and decline, and equal values share a rank', () => {
	expect(rankCorrelation([1, 2, 3, 4].map((value) => [value, Math.exp(value)]))).toBe(1);
	expect(rankCorrelation([1, 2, 3, 4].map((value) => [value, -value]))).toBe(-1);
	expect(
		rankCorrelation([
			[1, 1],
			[1, 2],
			[2, 1],
			[2, 2],
		]),
	).toBe(0);
});

test('the accuracy benchmark measures a folder of images, plots its curve and writes its records', async ({
	dataDir,
}) => {
	const images = join(dataDir, 'two & two');
	await mkdir(images);
	await writeFingers(images, { fingers: 2, impressions: 4 });
	const [plot, records] = [join(dataDir, 'det.svg'), join(dataDir, 'records')];
	const { code, stdout, stderr } = await benchmark(images, '--json', '--plot', plot, '--records', records);
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	expect(JSON.parse(stdout)).toMatchObject({
		images: 8,
		fingers: 2,
		failuresToExtract: 0,
		genuinePairs: 12,
		impostorPairs: 16,
		eer: 0,
		enrolment: { enrolments: 4, refused: 0, merged: { eer: 0 }, bestSingle: { eer: 0 }, bestOfThree: { eer: 0 } },
	});
	expect(await readFile(plot, 'utf8')).toMatch(/^<svg .+two &amp; two.+<polyline points="\d+,\d+ .+<\/svg>\n$/s);
	const files = await readdir(records);
	expect(files).toContain('1_4.fmr');
	for (const file of files) expect(decodeIsoRecord(await readFile(join(records, file)))).toMatchObject({ width: 300 });
});

test('the accuracy benchmark prints an error and its usage for wrong arguments', async ({ dataDir }) => {
	for (const args of [[], [dataDir], [dataDir, '--dpi', 'many'], [dataDir, '--fast']]) {
		const { code, stdout, stderr } = await benchmark(...args);
		expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
		expect(stderr).toMatch(/^error: .+\nusage: npm run bench:accuracy -- FOLDER/);
	}
});

async function benchmark(...args: string[]) {
	const program = Program.start(process.execPath, [BENCHMARK, ...args]);
	const { code } = await program.exit;
	return { code, stdout: program.stdout, stderr: program.stderr };
}

async function writeFingers(folder: string, count: { fingers: number; impressions: number }): Promise<void> {
	for (let finger = 1; finger <= count.fingers; finger++) {
		for (let impression = 1; impression <= count.impressions; impression++) {
			const { width, height, data } = synthesiseImpression({ person: 1, finger, condition: 'good', seed: impression });
			const png = encode({ width, height, data, channels: 1, depth: 8 });
			await writeFile(join(folder, `${finger}_${impression}.png`), png);
		}
	}
}
