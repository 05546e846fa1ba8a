import type { LogLine } from '../../src/console/contract.ts';
import { type LogFilter, lineMatcher } from './log-filter.ts';

/** Lines that are tested before the page gets its turn again: at most some milliseconds, also when all are new to the search. */
const SLICE = 5_000;

/** A search through the log, as far as it has come. It begins at the latest line, where the operator looks. */
export interface LogSearch {
	readonly filter: LogFilter;
	/** What is searched, oldest first. */
	readonly lines: readonly LogLine[];
	/** How many of the oldest lines are still to be tested; 0 = finished. */
	readonly untested: number;
	/** The lines that match among those tested, oldest first. */
	readonly found: readonly LogLine[];
}

/** Begin with the latest slice. */
export function startSearch(lines: readonly LogLine[], filter: LogFilter): LogSearch {
	return continueSearch({ filter, lines, untested: lines.length, found: [] });
}

/** Test the next slice of older lines; the same search if it is finished. */
export function continueSearch(search: LogSearch): LogSearch {
	const { filter, lines, untested, found } = search;
	if (untested === 0) return search;
	const start = Math.max(untested - SLICE, 0);
	const older = lines.slice(start, untested).filter(lineMatcher(filter));
	return { ...search, untested: start, found: older.length === 0 ? found : older.concat(found) };
}

/**
 * The same search in the log as it is now: some lines came at its end, some went at its start. A log with nothing in
 * common with the one before, as of another run of the service, is searched anew.
 */
export function followLog(search: LogSearch, lines: readonly LogLine[]): LogSearch {
	const [oldest] = lines;
	const latest = search.lines.at(-1);
	if (oldest === undefined || latest === undefined) return startSearch(lines, search.filter);
	const gone = countUpTo(search.lines, oldest.sequence - 1);
	if (search.lines[gone] !== oldest) return startSearch(lines, search.filter);
	const kept = search.found.slice(countUpTo(search.found, oldest.sequence - 1));
	const added = lines.slice(countUpTo(lines, latest.sequence)).filter(lineMatcher(search.filter));
	const untested = Math.max(search.untested - gone, 0);
	return { filter: search.filter, lines, untested, found: kept.concat(added) };
}

/** How many lines `live` has found after the last line of `held`, which is the same log at an earlier moment. */
export function countNewer(live: LogSearch, held: LogSearch): number {
	return live.found.length - countUpTo(live.found, held.lines.at(-1)?.sequence ?? 0);
}

/** How many lines of an ascending list come up to and with this sequence number. */
function countUpTo(lines: readonly LogLine[], sequence: number): number {
	let low = 0;
	let high = lines.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((lines[middle]?.sequence ?? Number.POSITIVE_INFINITY) <= sequence) low = middle + 1;
		else high = middle;
	}
	return low;
}
