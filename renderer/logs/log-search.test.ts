import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../src/console/contract.ts';
import { continueSearch, countNewer, followLog, type LogSearch, startSearch } from './log-search.ts';

/** Lines with these sequence numbers; every third is an error. */
function log(from: number, to: number): LogLine[] {
	return Array.from({ length: to - from + 1 }, (_, i) => {
		const sequence = from + i;
		const level = sequence % 3 === 0 ? 'error' : 'info';
		return { sequence, timestamp: '2026-01-01T00:00:00.000Z', level, name: 'Test', message: `entry ${sequence}` };
	});
}

const ERRORS = { level: 'error', text: '' } as const;
const EVERYTHING = { level: 'debug', text: '' } as const;

function finish(search: LogSearch): LogSearch {
	return search.untested === 0 ? search : finish(continueSearch(search));
}

const sequences = ({ found }: LogSearch) => found.map(({ sequence }) => sequence);

describe('a search through the log', () => {
	it('finds what matches, in order', () => {
		expect(sequences(startSearch(log(1, 10), ERRORS))).toEqual([3, 6, 9]);
	});

	it('is finished at once in an empty log', () => {
		expect(startSearch([], ERRORS)).toEqual({ filter: ERRORS, lines: [], untested: 0, found: [] });
	});

	it('begins with the latest lines, and has found the rest in the end', () => {
		const first = startSearch(log(1, 50_000), { level: 'error', text: 'entry' });
		expect(first.untested).toBe(45_000);
		expect(first.found.at(0)?.sequence).toBe(45_003);
		expect(first.found.at(-1)?.sequence).toBe(49_998);
		const all = finish(first);
		expect(sequences(all)).toEqual(Array.from({ length: 16_666 }, (_, i) => 3 * (i + 1)));
		expect(continueSearch(all)).toBe(all);
	});

	it('takes over new lines that match', () => {
		const lines = log(1, 12);
		const search = followLog(startSearch(lines.slice(0, 5), ERRORS), lines);
		expect(sequences(search)).toEqual([3, 6, 9, 12]);
		expect(search.lines).toBe(lines);
	});

	it('lets go of lines that went at the start', () => {
		const lines = log(1, 12);
		expect(sequences(followLog(startSearch(lines.slice(0, 8), ERRORS), lines.slice(5)))).toEqual([6, 9, 12]);
	});

	it('goes on where it was when lines come and go in the middle of it', () => {
		const lines = log(1, 20_000);
		const begun = startSearch(lines.slice(0, 12_000), ERRORS);
		const later = followLog(begun, lines.slice(2_000, 13_000));
		expect([begun.untested, later.untested]).toEqual([7_000, 5_000]);
		expect(sequences(finish(later))).toEqual(sequences(finish(startSearch(lines.slice(2_000, 13_000), ERRORS))));
	});

	it.each([
		['that is shorter', log(1, 4)],
		['that is longer', log(1, 30)],
		['that begins later', log(25, 30)],
		['that is empty', []],
	])('begins anew in the log of another run %s', (_, lines) => {
		expect(followLog(startSearch(log(1, 20), ERRORS), lines)).toEqual(startSearch(lines, ERRORS));
	});

	it('begins when the first lines come', () => {
		expect(sequences(followLog(startSearch([], ERRORS), log(1, 7)))).toEqual([3, 6]);
	});
});

describe('lines that came after the log was held', () => {
	it.each([
		['count if they match', ERRORS, 4],
		['count all without a filter', EVERYTHING, 10],
	])('%s', (_, filter, count) => {
		const lines = log(1, 30);
		const held = startSearch(lines.slice(0, 20), filter);
		expect(countNewer(followLog(held, lines), held)).toBe(count);
		expect(countNewer(held, held)).toBe(0);
	});

	it('count from the first on if the log was empty', () => {
		expect(countNewer(startSearch(log(1, 6), ERRORS), startSearch([], ERRORS))).toBe(2);
	});
});
