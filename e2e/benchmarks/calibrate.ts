import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { calibrationLines } from './accuracy-table.ts';
import { isExceeded, measureCalibration } from './calibration.ts';
import { scorePairs } from './compare-impressions.ts';
import { type ImpostorGroup, type ImpressionSet, impostorGroups } from './impostor-groups.ts';
import { readImpressions } from './impressions.ts';

/*
 * Measures on several sets how often different fingers reach the scores 20, 30 and 40.
 */
const USAGE = `usage: npm run bench:calibration -- FOLDER[@DPI]... [--suspects]

Each FOLDER holds PNG files named <finger>_<impression>.png; DPI is their resolution, pixels per inch (500).
  --suspects  print which images may have a wrong label, instead of the calibration
`;

const { folders, suspects } = parseCall();
const sets = folders.map(readSet);
if (suspects) {
	for (const set of sets) process.stdout.write(suspectsOf(set).join(''));
} else {
	const groups = impostorGroups(sets);
	printGroups(groups);
	if (groups.some(({ scores }) => measureCalibration(scores).some(isExceeded))) {
		process.stderr.write('error: more pairs of different fingers reach a score than it promises\n');
		process.exitCode = 1;
	}
}

function printGroups(groups: readonly ImpostorGroup[]): void {
	for (const { name, scores } of groups) {
		process.stdout.write(`${name}: ${scores.length} pairs\n${calibrationLines(measureCalibration(scores))}`);
	}
}

function readSet(folder: string): ImpressionSet {
	const [path = '', dpi = '500'] = folder.split('@');
	return { name: basename(resolve(path)), impressions: readImpressions(path, { dpi: Number(dpi) }) };
}

/** Returns the pairs of different fingers that match better than 1 in 30 000, and the images that match no other of their finger. */
function suspectsOf({ name, impressions }: ImpressionSet): string[] {
	const { genuine, impostor } = scorePairs(impressions);
	const alike = impostor.filter(({ score }) => score >= 45);
	const strangers = impressions.filter((impression) => {
		const own = genuine.filter(({ a, b }) => a === impression || b === impression);
		return own.length > 1 && own.every(({ score }) => score < 20);
	});
	return [
		...alike.map(
			({ a, b, score }) => `${name}/${a.name} ${name}/${b.name} # different fingers, score ${score.toFixed(0)}\n`,
		),
		...strangers.map((impression) => `${name}/${impression.name} # matches no other impression of its finger\n`),
	];
}

function parseCall() {
	try {
		const { values, positionals } = parseArgs({
			allowPositionals: true,
			options: { suspects: { type: 'boolean', default: false } },
		});
		if (positionals.length === 0) refuse('At least one folder is required');
		return { ...values, folders: positionals };
	} catch (thrown) {
		refuse((thrown as Error).message);
	}
}

function refuse(fault: string): never {
	process.stderr.write(`error: ${fault}\n${USAGE}`);
	process.exit(2);
}
