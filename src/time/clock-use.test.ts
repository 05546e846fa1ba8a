import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/*
 * Checks that durations come from `Clock.monotonic()` and timestamps from `Clock.now()`. A number does not show which clock it
 * comes from, so this compares texts, which is simple and finds the mistakes that were made before.
 */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Modules that may read the system's wall clock themselves, with the reason. */
const WALL_CLOCK_READERS = new Map([
	['src/time/clock.ts', 'is the clock'],
	['src/config/file-lock.ts', 'compares with the time of a file'],
	['src/log/log-file.ts', 'passes a timestamp to electron-log'],
]);

const READS_WALL_CLOCK = /\bDate\.now\(\)|\bnew Date\(\)/;
/** The difference of two wall times is a duration; a wall time minus a duration, whose name ends in Ms, is a wall time. */
const MEASURES_BY_WALL_CLOCK = /\bnow\(\) - (?!\w+Ms\b)|- [\w.]*\bnow\(\)|\w+At\b - [\w.]*\w+At\b/;
/** A wall time in a variable or field for monotonic times, or the reverse. */
const MIXES_CLOCKS = /Monotonic\b[^,;]*\bnow\(\)|\w+At\b = [^,;]*\bmonotonic\(\)|\w+At: [^,;]*\bmonotonic\(\)/;

function sources(): string[] {
	const files = ['src', 'electron'].flatMap((folder) =>
		readdirSync(ROOT + folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
	);
	return files
		.map((file) => file.replaceAll('\\', '/'))
		.filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\/testing\//.test(file))
		.filter((file) => !WALL_CLOCK_READERS.has(file));
}

function findViolations(rule: RegExp): string[] {
	return sources().flatMap((file) =>
		readFileSync(ROOT + file, 'utf8')
			.split('\n')
			.flatMap((line, index) => (rule.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
	);
}

describe('the use of the clocks', () => {
	it('reads the wall clock only through the Clock port', () => {
		expect(findViolations(READS_WALL_CLOCK)).toEqual([]);
	});

	it('measures no duration with the wall clock', () => {
		expect(findViolations(MEASURES_BY_WALL_CLOCK)).toEqual([]);
	});

	it('keeps monotonic times in names that end in Monotonic, and wall times in others', () => {
		expect(findViolations(MIXES_CLOCKS)).toEqual([]);
	});

	it.each([
		['const left = expiresAt - clock.now();', MEASURES_BY_WALL_CLOCK],
		['const ms = this.clock.now() - this.startedAt;', MEASURES_BY_WALL_CLOCK],
		['this.startedMonotonic = clock.now();', MIXES_CLOCKS],
		['this.startedAt = clock.monotonic();', MIXES_CLOCKS],
	])('finds `%s`', (line, rule) => {
		expect(line).toMatch(rule);
	});
});
