import { useLayoutEffect } from 'preact/hooks';
import { useText } from '../window-context.ts';
import { LogRow } from './log-row.tsx';
import type { LogSearch } from './log-search.ts';
import { useScrolling } from './use-scrolling.ts';
import { isAtEnd, type RowWindow, rowAfterKey, scrollToRow, visibleRows } from './visible-rows.ts';

/** Height of a row, CSS pixels; `logs.css` draws it so. */
const ROW_HEIGHT = 30;

export interface LogListProps {
	readonly search: LogSearch;
	/** Whether it stays at its end, however it grows. */
	readonly isFollowing: boolean;
	/** Where the selected line is in the log. */
	readonly selected: number | undefined;
	readonly onSelect: (place: number, isLast: boolean) => void;
	/** Enter was pressed on the selected line. */
	readonly onOpen: () => void;
	/** The operator scrolled up and away from the end, or down to it. */
	readonly onScroll: (isAtEnd: boolean) => void;
}

/**
 * The lines that were found, of which only those in sight are in the page. For a screen reader it is a list box that knows
 * how many lines there are, and not a live region: nobody could listen to a busy log.
 */
export function LogList({ search, isFollowing, selected, onSelect, onOpen, onScroll }: LogListProps) {
	const { logs } = useText();
	const { found } = search;
	const { ref, scrollTop, height, scrollTo, measureStep } = useScrolling();
	const rows: RowWindow = { rowCount: found.length, rowHeight: ROW_HEIGHT, scrollTop, height };
	const end = found.length * ROW_HEIGHT - height;
	const drawn = visibleRows(isFollowing ? { ...rows, scrollTop: end } : rows);
	useLayoutEffect(() => {
		if (isFollowing) scrollTo(end);
	}, [isFollowing, end, scrollTo]);

	const select = (row: number) => {
		const place = found[row];
		if (place === undefined) return;
		onSelect(place, row === found.length - 1);
		scrollTo(scrollToRow(row, rows));
	};
	const selectedRow = selected === undefined ? -1 : found.indexOf(selected);
	const pressKey = (event: KeyboardEvent) => {
		const row = rowAfterKey(event.key, selectedRow < 0 ? undefined : selectedRow, rows);
		if (event.key === 'Enter') onOpen();
		if (row === undefined) return;
		event.preventDefault();
		select(row);
	};
	return (
		<div
			ref={ref}
			class="log-list"
			role="listbox"
			tabIndex={0}
			aria-label={logs.list}
			aria-description={logs.keyboard}
			aria-activedescendant={selectedRow >= drawn.first && selectedRow < drawn.end ? idOf(selectedRow) : undefined}
			onKeyDown={pressKey}
			onScroll={({ currentTarget }) => {
				const step = measureStep();
				const isEnd = isAtEnd({ ...rows, scrollTop: currentTarget.scrollTop });
				if (isEnd ? step > 0 : step < 0) onScroll(isEnd);
			}}
		>
			<div class="log-rows" role="presentation" style={{ blockSize: `${found.length * ROW_HEIGHT}px` }}>
				{found.slice(drawn.first, drawn.end).map((place, i) => {
					const row = drawn.first + i;
					const line = search.log.lines[place - search.log.dropped];
					if (line === undefined) return null;
					return (
						<LogRow
							key={place}
							id={idOf(row)}
							line={line}
							searched={search.filter.text}
							index={row}
							count={found.length}
							top={row * ROW_HEIGHT}
							isSelected={place === selected}
							onSelect={() => select(row)}
						/>
					);
				})}
			</div>
		</div>
	);
}

function idOf(row: number): string {
	return `log-row-${row}`;
}
