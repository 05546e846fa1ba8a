import { describe, expect, it } from 'vitest';
import type { LogWindow } from '../carriers/log-store.ts';
import { NO_FILTER } from './log-filter.ts';
import { continueSearch, countNewer, followLog, type LogSearch, startSearch } from './log-search.ts';

/** Creates a log with the lines `from` to `to`, exclusive; every third line is an error. */
function log(from: number, to: number): LogWindow {
	const lines = Array.from({ length: to - from }, (_, i) => ({
		sequence: from + i + 1,
		timestamp: '2026-01-01T00:00:00.000Z',
		level: (from + i) % 3 === 0 ? ('error' as const) : ('info' as const),
		name: 'Test',
		message: `entry ${from + i}`,
	}));
	return { lines, dropped: from };
}

const ERRORS = { level: 'error', text: '' } as const;

function finish(search: LogSearch): LogSearch {
	return search.untested === 0 ? search : finish(continueSearch(search));
}

describe('a search through the log', () => {
	it('finds the positions of the matching lines in order', () => {
		expect(startSearch(log(1, 11), ERRORS).found).toEqual([3, 6, 9]);
	});

	it('finishes at once in an empty log', () => {
		expect(startSearch(log(0, 0), ERRORS)).toMatchObject({ untested: 0, found: [] });
	});

	it('starts with the latest lines and finds the older ones later', () => {
		const first = startSearch(log(0, 50_000), { level: 'error', text: 'entry' });
		expect([first.untested, first.found.at(0), first.found.at(-1)]).toEqual([45_000, 45_000, 49_998]);
		const all = finish(first);
		expect(all.found).toEqual(Array.from({ length: 16_667 }, (_, i) => 3 * i));
		expect(continueSearch(all)).toBe(all);
	});

	it('adds new lines that match', () => {
		const now = log(0, 13);
		const search = followLog(startSearch(log(0, 5), ERRORS), now);
		expect(search.found).toEqual([0, 3, 6, 9, 12]);
		expect(search.log).toBe(now);
	});

	it('removes lines that were dropped', () => {
		expect(followLog(startSearch(log(0, 8), ERRORS), log(5, 13)).found).toEqual([6, 9, 12]);
	});

	it('removes all positions when the whole log was replaced', () => {
		expect(followLog(startSearch(log(0, 8), ERRORS), log(100, 110)).found).toEqual([102, 105, 108]);
	});

	it('continues when lines are added and dropped in the meantime', () => {
		const begun = startSearch(log(0, 12_000), ERRORS);
		const later = followLog(begun, log(2_000, 13_000));
		expect([begun.untested, later.untested]).toEqual([7_000, 5_000]);
		expect(finish(later)).toEqual(finish(startSearch(log(2_000, 13_000), ERRORS)));
	});
});

describe('lines that arrived after the log was held', () => {
	it.each([
		['are counted if they match', ERRORS, 3],
		['are all counted without a filter', NO_FILTER, 10],
	])('%s', (_, filter, count) => {
		const held = startSearch(log(0, 20), filter);
		expect(countNewer(followLog(held, log(5, 30)), held)).toBe(count);
		expect(countNewer(held, held)).toBe(0);
	});

	it('are counted from the first line if the log was empty', () => {
		expect(countNewer(startSearch(log(0, 6), ERRORS), startSearch(log(0, 0), ERRORS))).toBe(2);
	});
});
