import { useLayoutEffect } from 'preact/hooks';
import { useText } from '../window-context.ts';
import { LogRow } from './log-row.tsx';
import type { LogSearch } from './log-search.ts';
import { useScrolling } from './use-scrolling.ts';
import { isAtEnd, type RowWindow, rowAfterKey, scrollToRow, visibleRows } from './visible-rows.ts';

/** Height of a row in CSS pixels, equal to the height in `logs.css`. */
const ROW_HEIGHT = 30;

export interface LogListProps {
	readonly search: LogSearch;
	/** Whether the list stays scrolled to the end while it grows. */
	readonly isFollowing: boolean;
	/** Position of the selected line in the log. */
	readonly selected: number | undefined;
	readonly onSelect: (position: number, isLast: boolean) => void;
	/** Called on Enter. */
	readonly onOpen: () => void;
	/** Called when the operator scrolls up away from the end, or down to the end. */
	readonly onScroll: (isAtEnd: boolean) => void;
}

/**
 * The matching lines, of which only the visible ones are rendered. It is a list box that reports the number of lines to screen
 * readers. It is not a live region, because a busy log would be announced without end.
 */
export function LogList({ search, isFollowing, selected, onSelect, onOpen, onScroll }: LogListProps) {
	const { logs } = useText();
	const { found } = search;
	const { ref, scrollTop, height, scrollTo, measureStep } = useScrolling();
	const rows: RowWindow = { rowCount: found.length, rowHeight: ROW_HEIGHT, scrollTop, height };
	const end = found.length * ROW_HEIGHT - height;
	const rendered = visibleRows(isFollowing ? { ...rows, scrollTop: end } : rows);
	useLayoutEffect(() => {
		if (isFollowing) scrollTo(end);
	}, [isFollowing, end, scrollTo]);

	const select = (row: number) => {
		const position = found[row];
		if (position === undefined) return;
		onSelect(position, row === found.length - 1);
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
			aria-activedescendant={
				selectedRow >= rendered.first && selectedRow < rendered.end ? rowId(selectedRow) : undefined
			}
			onKeyDown={pressKey}
			onScroll={({ currentTarget }) => {
				const step = measureStep();
				const isEnd = isAtEnd({ ...rows, scrollTop: currentTarget.scrollTop });
				if (isEnd ? step > 0 : step < 0) onScroll(isEnd);
			}}
		>
			<div class="log-rows" role="presentation" style={{ blockSize: `${found.length * ROW_HEIGHT}px` }}>
				{found.slice(rendered.first, rendered.end).map((position, i) => {
					const row = rendered.first + i;
					const line = search.log.lines[position - search.log.dropped];
					if (line === undefined) return null;
					return (
						<LogRow
							key={position}
							id={rowId(row)}
							line={line}
							query={search.filter.text}
							index={row}
							count={found.length}
							top={row * ROW_HEIGHT}
							isSelected={position === selected}
							onSelect={() => select(row)}
						/>
					);
				})}
			</div>
		</div>
	);
}

function rowId(row: number): string {
	return `log-row-${row}`;
}
