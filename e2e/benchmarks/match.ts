import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { decodeIsoRecord } from '../../src/biometrics/iso-record.ts';
import { similarity } from '../../src/biometrics/match.ts';
import { type MatchTemplate, prepareTemplate } from '../../src/biometrics/match-template.ts';
import { errorRates, thresholdAt } from './error-rates.ts';

/**
 * How well and how fast the matcher tells fingers apart.
 *
 *     node e2e/benchmarks/match.ts FOLDER [SCORES]
 *
 * FOLDER holds ISO/IEC 19794-2:2005 records named `<finger>_<impression>.fmr`. Genuine pairs are all pairs within a finger,
 * impostor pairs all pairs between fingers. SCORES, if given, is written with a line `<name> <name> <score>` for each pair.
 */
interface Impression {
	readonly name: string;
	readonly finger: string;
	readonly template: MatchTemplate;
}

interface Comparison {
	readonly a: Impression;
	readonly b: Impression;
	readonly score: number;
}

const [folder, scoresFile] = process.argv.slice(2);
const impressions = folder === undefined ? [] : loadImpressions(folder);
if (impressions.length === 0) {
	process.stderr.write(
		'usage: node e2e/benchmarks/match.ts FOLDER [SCORES], with <finger>_<impression>.fmr in FOLDER\n',
	);
	process.exit(2);
}
compareAll(impressions); // the optimiser's warm-up is not what a running service pays
const start = process.cpuUsage();
const comparisons = compareAll(impressions);
const seconds = process.cpuUsage(start).user / 1e6;
report(comparisons, seconds);
if (scoresFile !== undefined) {
	writeFileSync(scoresFile, comparisons.map(({ a, b, score }) => `${a.name} ${b.name} ${score}\n`).join(''));
}

function loadImpressions(from: string): Impression[] {
	const files = readdirSync(from).filter((file) => file.endsWith('.fmr'));
	return files.toSorted().map((file) => {
		const name = basename(file, '.fmr');
		const template = prepareTemplate(decodeIsoRecord(readFileSync(join(from, file))));
		return { name, finger: name.slice(0, name.lastIndexOf('_')), template };
	});
}

function compareAll(all: readonly Impression[]): Comparison[] {
	return all.flatMap((a, index) =>
		all.slice(index + 1).map((b) => ({ a, b, score: similarity(a.template, b.template) })),
	);
}

function report(pairs: readonly Comparison[], cpuSeconds: number): void {
	const genuine = pairs.filter(({ a, b }) => a.finger === b.finger).map(({ score }) => score);
	const impostor = pairs.filter(({ a, b }) => a.finger !== b.finger).map(({ score }) => score);
	const { eer, fmr100, fmr1000 } = errorRates(genuine, impostor);
	const score = (falseMatchRate: number) => thresholdAt(impostor, falseMatchRate).toFixed(1);
	process.stdout.write(`${genuine.length} genuine pairs, ${impostor.length} impostor pairs
EER ${percent(eer)}  FMR100 ${percent(fmr100)}  FMR1000 ${percent(fmr1000)}
score at FMR 1 %: ${score(0.01)}  0.1 %: ${score(0.001)}  0.01 %: ${score(0.0001)}
${Math.round(pairs.length / cpuSeconds)} matches per second, one thread
`);
}

function percent(rate: number): string {
	return `${(100 * rate).toFixed(2)} %`;
}
