import { describe, expect, it } from 'vitest';
import { isAtEnd, rowAfterKey, scrollToRow, visibleRows } from './visible-rows.ts';

/** A list that shows ten rows of 20 pixels. */
const window = { rowCount: 50_000, rowHeight: 20, scrollTop: 0, height: 200 };

describe('the visible rows', () => {
	it.each([
		['at the top', 0, 0, 18],
		['in the middle of a row', 1_010, 42, 69],
		['at the end', 999_800, 49_982, 50_000],
		['above the top, during elastic scrolling', -50, 0, 18],
		['below the end, after rows were removed', 2_000_000, 49_982, 50_000],
	])('include some rows above and below: %s', (_, scrollTop, first, end) => {
		expect(visibleRows({ ...window, scrollTop })).toEqual({ first, end });
	});

	it('are all rows of a short list', () => {
		expect(visibleRows({ ...window, rowCount: 3 })).toEqual({ first: 0, end: 3 });
	});

	it('are empty for an empty list', () => {
		expect(visibleRows({ ...window, rowCount: 0 })).toEqual({ first: 0, end: 0 });
	});
});

describe('scrolling to a row', () => {
	it.each([
		['does not move if the row is visible', 55, 1_000],
		['does not move for the first visible row', 50, 1_000],
		['does not move for the last visible row', 59, 1_000],
		['moves a row above to the top', 49, 980],
		['moves a row below to the bottom', 60, 1_020],
	])('%s', (_, row, scrollTop) => {
		expect(scrollToRow(row, { ...window, scrollTop: 1_000 })).toBe(scrollTop);
	});
});

describe('the end of the list', () => {
	it.each([
		['at the very end', 999_800, true],
		['with less than a row missing', 999_785, true],
		['with more than a row missing', 999_775, false],
		['at the top', 0, false],
	])('is recognised %s', (_, scrollTop, isFollowed) => {
		expect(isAtEnd({ ...window, scrollTop })).toBe(isFollowed);
	});

	it('is always reached in a short list', () => {
		expect(isAtEnd({ ...window, rowCount: 3 })).toBe(true);
	});
});

describe('a key in the list', () => {
	it.each([
		['ArrowUp', 100, 99],
		['ArrowDown', 100, 101],
		['PageUp', 100, 91],
		['PageDown', 100, 109],
		['Home', 100, 0],
		['End', 100, 49_999],
		['ArrowUp', 0, 0],
		['ArrowDown', 49_999, 49_999],
		['PageUp', 3, 0],
		['ArrowUp', undefined, 49_999],
		['ArrowDown', undefined, 49_999],
		['a', 100, undefined],
	])('%s at row %s moves to %s', (key, row, next) => {
		expect(rowAfterKey(key, row, window)).toBe(next);
	});

	it('moves nowhere in an empty list', () => {
		expect(rowAfterKey('End', undefined, { ...window, rowCount: 0 })).toBeUndefined();
	});
});
