import type { LogWindow } from '../carriers/log-store.ts';
import { type LogFilter, lineMatcher } from './log-filter.ts';

/** Number of lines tested per frame, which takes a few milliseconds even without cached texts. */
const LINES_PER_SLICE = 5_000;

/** The progress of a search through the log. It starts at the latest lines, which the operator sees first. */
export interface LogSearch {
	readonly filter: LogFilter;
	/** The searched log. */
	readonly log: LogWindow;
	/** Number of oldest lines not tested yet; 0 means finished. */
	readonly untested: number;
	/** Positions of the matching lines, ascending. A position is `dropped` plus the index, so it stays valid while the log grows. */
	readonly found: readonly number[];
}

/** Starts a search with the latest slice. */
export function startSearch(log: LogWindow, filter: LogFilter): LogSearch {
	return continueSearch({ filter, log, untested: log.lines.length, found: [] });
}

/** Tests the next slice of older lines; returns the same search if it is finished. */
export function continueSearch(search: LogSearch): LogSearch {
	if (search.untested === 0) return search;
	const start = Math.max(search.untested - LINES_PER_SLICE, 0);
	const older = matchesBetween(search.log, search.filter, start, search.untested);
	return { ...search, untested: start, found: older.concat(search.found) };
}

/** Applies a search to a newer state of the log, with lines added at the end and dropped at the start. */
export function followLog({ filter, log: before, untested, found }: LogSearch, log: LogWindow): LogSearch {
	const gone = log.dropped - before.dropped;
	const added = matchesBetween(log, filter, Math.max(before.lines.length - gone, 0), log.lines.length);
	const kept = found.slice(countBelow(found, log.dropped));
	return { filter, log, untested: Math.max(untested - gone, 0), found: kept.concat(added) };
}

/** Returns the number of lines that `live` found after the last line of `held`, an earlier state of the same log. */
export function countNewer(live: LogSearch, held: LogSearch): number {
	return live.found.length - countBelow(live.found, held.log.dropped + held.log.lines.length);
}

function matchesBetween({ lines, dropped }: LogWindow, filter: LogFilter, start: number, end: number): number[] {
	const matches = lineMatcher(filter);
	const found: number[] = [];
	for (const [i, line] of lines.slice(start, end).entries()) if (matches(line)) found.push(dropped + start + i);
	return found;
}

/** Returns how many of these ascending numbers are below the limit (binary search). */
function countBelow(numbers: readonly number[], limit: number): number {
	let low = 0;
	let high = numbers.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((numbers[middle] ?? limit) < limit) low = middle + 1;
		else high = middle;
	}
	return low;
}
