import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Extraction, extractTemplate } from '../../src/biometrics/extract-template.ts';
import { encodeIsoRecord } from '../../src/biometrics/iso-record.ts';
import { readImage } from '../../src/biometrics/read-image.ts';

/**
 * What the extractor makes of a folder of pictures, and how fast, in one thread.
 *
 *     node e2e/benchmarks/extract.ts FOLDER [DPI] [RECORDS]
 *
 * FOLDER holds PNG files, DPI is their resolution (500). RECORDS, if given, is a folder that gets an ISO/IEC 19794-2:2005
 * record for each picture that shows a finger.
 */
interface Measurement extends Extraction {
	readonly cpuMs: number;
}

const ENOUGH_MINUTIAE = 12;
const [folder, dpi = '500', records] = process.argv.slice(2);
if (folder === undefined) {
	process.stderr.write('usage: node e2e/benchmarks/extract.ts FOLDER [DPI] [RECORDS]\n');
	process.exit(2);
}
const paths = readdirSync(folder)
	.filter((file) => file.endsWith('.png'))
	.toSorted()
	.map((file) => join(folder, file));
if (records !== undefined) mkdirSync(records, { recursive: true });
for (const path of paths.slice(0, 10)) measure(path); // the optimiser's warm-up is not what a running service pays
report(paths.map(measure));

function measure(path: string): Measurement {
	const image = readImage(readFileSync(path), Number(dpi));
	const start = process.cpuUsage();
	const extraction = extractTemplate(image);
	const { user, system } = process.cpuUsage(start);
	if (records !== undefined && extraction.hasFingerprint) {
		writeFileSync(join(records, `${basename(path, '.png')}.fmr`), encodeIsoRecord({ ...image, ...extraction }));
	}
	return { ...extraction, cpuMs: (user + system) / 1000 };
}

function report(measurements: readonly Measurement[]): void {
	const counts = measurements.map(({ minutiae }) => minutiae.length);
	const qualities = measurements.map(({ quality }) => quality);
	const times = measurements.map(({ cpuMs }) => cpuMs);
	const enough = counts.filter((count) => count >= ENOUGH_MINUTIAE).length / counts.length;
	const hints = measurements.flatMap((measurement) => measurement.hints);
	const lines = [
		`images            ${measurements.length}, without a finger ${measurements.filter((m) => !m.hasFingerprint).length}`,
		`minutiae          median ${quantile(counts, 0.5)}; >= ${ENOUGH_MINUTIAE} on ${(100 * enough).toFixed(1)} %`,
		`CPU per image     median ${quantile(times, 0.5).toFixed(1)} ms, p95 ${quantile(times, 0.95).toFixed(1)} ms`,
		`quality           ${[0.05, 0.25, 0.5, 0.75, 0.95].map((q) => `p${100 * q} ${quantile(qualities, q)}`).join(', ')}`,
		`hints             ${tally(hints) || 'none'}`,
	];
	process.stdout.write(`${lines.join('\n')}\n`);
}

function quantile(values: readonly number[], share: number): number {
	return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? Number.NaN;
}

function tally(words: readonly string[]): string {
	return [...new Set(words)].map((word) => `${word} ${words.filter((other) => other === word).length}`).join(', ');
}
