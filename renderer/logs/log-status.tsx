import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { useText } from '../window-context.ts';
import type { LogSearch } from './log-search.ts';
import type { LogHold } from './log-viewer.ts';

/** The number of shown lines. It is announced to screen readers after a search, but not with every new line. */
export function LogStatus({ search, hold }: { readonly search: LogSearch; readonly hold: LogHold }) {
	const { logs } = useText();
	const { filter, found, log, untested } = search;
	const announced = useSignal('');
	const isFinished = untested === 0;
	const matches = logs.matches(found.length);
	const announcedFilter = useRef(filter);
	useEffect(() => {
		if (!isFinished || announcedFilter.current === filter) return;
		announcedFilter.current = filter;
		announced.value = matches;
	}, [filter, isFinished, matches, announced]);
	return (
		<div class="log-status">
			<span aria-hidden="true">
				{isFinished ? logs.found(found.length, log.lines.length) : logs.searching}
				{hold === 'paused' && ` · ${logs.paused}`}
			</span>
			<span class="visually-hidden" role="status">
				{announced.value}
			</span>
		</div>
	);
}
