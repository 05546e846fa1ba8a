import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { useText } from '../window-context.ts';
import { LogRow } from './log-row.tsx';
import type { LogSearch } from './log-search.ts';
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
	readonly onScroll: (isAtEnd: boolean) => void;
}

/**
 * The lines that were found, of which only those in sight are in the page. For a screen reader it is a list box that knows
 * how many lines there are, and not a live region: nobody could listen to a busy log.
 */
export function LogList({ search, isFollowing, selected, onSelect, onOpen, onScroll }: LogListProps) {
	const { logs } = useText();
	const { found } = search;
	const box = useRef<HTMLDivElement>(null);
	const scrollTop = useSignal(0);
	const height = useHeight(box);
	const rows: RowWindow = { rowCount: found.length, rowHeight: ROW_HEIGHT, scrollTop: scrollTop.value, height };
	const end = found.length * ROW_HEIGHT - height;
	const drawn = visibleRows(isFollowing ? { ...rows, scrollTop: end } : rows);
	useLayoutEffect(() => {
		if (isFollowing && box.current) box.current.scrollTop = end;
	}, [isFollowing, end]);

	const select = (row: number) => {
		const place = found[row];
		if (place === undefined) return;
		onSelect(place, row === found.length - 1);
		box.current?.scrollTo({ top: scrollToRow(row, { ...rows, scrollTop: box.current.scrollTop }) });
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
			ref={box}
			class="log-list"
			role="listbox"
			tabIndex={0}
			aria-label={logs.list}
			aria-description={logs.keyboard}
			aria-activedescendant={selectedRow >= drawn.first && selectedRow < drawn.end ? idOf(selectedRow) : undefined}
			onKeyDown={pressKey}
			onScroll={({ currentTarget }) => {
				scrollTop.value = currentTarget.scrollTop;
				onScroll(isAtEnd({ ...rows, scrollTop: currentTarget.scrollTop }));
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

/** Height of an element without its frame, CSS pixels, as it changes. */
function useHeight(element: { readonly current: HTMLElement | null }): number {
	const height = useSignal(0);
	useEffect(() => {
		const { current } = element;
		if (current === null) return undefined;
		const observer = new ResizeObserver(() => {
			height.value = current.clientHeight;
		});
		observer.observe(current);
		return () => observer.disconnect();
	}, [element, height]);
	return height.value;
}

function idOf(row: number): string {
	return `log-row-${row}`;
}
