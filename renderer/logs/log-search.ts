import type { LogWindow } from '../carriers/log-store.ts';
import { type LogFilter, lineMatcher } from './log-filter.ts';

/** Lines that are tested before the page gets its turn again: at most some milliseconds, also when all are new to the search. */
const LINES_PER_SLICE = 5_000;

/** A search through the log, as far as it has come. It begins at the latest line, where the operator looks. */
export interface LogSearch {
	readonly filter: LogFilter;
	/** What is searched. */
	readonly log: LogWindow;
	/** How many of the oldest lines are still to be tested; 0 = finished. */
	readonly untested: number;
	/** Where the lines that match are, among those tested: ascending, each `dropped` + its index at any time. */
	readonly found: readonly number[];
}

/** Begin with the latest slice. */
export function startSearch(log: LogWindow, filter: LogFilter): LogSearch {
	return continueSearch({ filter, log, untested: log.lines.length, found: [] });
}

/** Test the next slice of older lines; the same search if it is finished. */
export function continueSearch(search: LogSearch): LogSearch {
	if (search.untested === 0) return search;
	const start = Math.max(search.untested - LINES_PER_SLICE, 0);
	const older = matchesBetween(search.log, search.filter, start, search.untested);
	return { ...search, untested: start, found: older.concat(search.found) };
}

/** The same search in the log as it is now: some lines came at its end, some went at its start. */
export function followLog({ filter, log: before, untested, found }: LogSearch, log: LogWindow): LogSearch {
	const gone = log.dropped - before.dropped;
	const added = matchesBetween(log, filter, Math.max(before.lines.length - gone, 0), log.lines.length);
	const kept = found.slice(countBelow(found, log.dropped));
	return { filter, log, untested: Math.max(untested - gone, 0), found: kept.concat(added) };
}

/** How many lines `live` has found after the last line of `held`, which is the same log at an earlier moment. */
export function countNewer(live: LogSearch, held: LogSearch): number {
	return live.found.length - countBelow(live.found, held.log.dropped + held.log.lines.length);
}

function matchesBetween({ lines, dropped }: LogWindow, filter: LogFilter, start: number, end: number): number[] {
	const matches = lineMatcher(filter);
	const found: number[] = [];
	for (const [i, line] of lines.slice(start, end).entries()) if (matches(line)) found.push(dropped + start + i);
	return found;
}

/** How many of these ascending numbers are less than the limit. */
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
