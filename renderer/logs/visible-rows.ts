/** Rows that are in the page although they are not seen, so that a fast scroll does not show a gap. */
const OVERSCAN = 8;

/** A list of equally high rows behind a window; lengths in CSS pixels. */
export interface RowWindow {
	readonly rowCount: number;
	readonly rowHeight: number;
	/** How far the list is scrolled down. */
	readonly scrollTop: number;
	/** Height of the window. */
	readonly height: number;
}

/** The rows to draw: `first` and those after it up to, but without, `end`. */
export function visibleRows({ rowCount, rowHeight, scrollTop, height }: RowWindow): { first: number; end: number } {
	const top = Math.min(Math.max(scrollTop, 0), Math.max(rowCount * rowHeight - height, 0));
	const first = Math.max(Math.floor(top / rowHeight) - OVERSCAN, 0);
	const end = Math.min(Math.ceil((top + height) / rowHeight) + OVERSCAN, rowCount);
	return { first, end };
}

/** Where to scroll, as little as possible, so that the whole row is seen. */
export function scrollToRow(row: number, { rowHeight, scrollTop, height }: RowWindow): number {
	const top = row * rowHeight;
	return Math.min(Math.max(scrollTop, top + rowHeight - height), top);
}

/** Whether the last row is in sight, or so little is missing that the next one should be followed. */
export function isAtEnd({ rowCount, rowHeight, scrollTop, height }: RowWindow): boolean {
	return scrollTop + height >= (rowCount - 1) * rowHeight;
}

/**
 * The row that a key of the keyboard leads to, or nothing if it is none that moves.
 *
 * @param row the current one; none yet = the last
 */
export function rowAfterKey(
	key: string,
	row: number | undefined,
	{ rowCount, rowHeight, height }: Omit<RowWindow, 'scrollTop'>,
): number | undefined {
	const from = row ?? rowCount;
	const page = Math.max(Math.floor(height / rowHeight) - 1, 1);
	const rows: Readonly<Record<string, number>> = {
		ArrowUp: from - 1,
		ArrowDown: from + 1,
		PageUp: from - page,
		PageDown: from + page,
		Home: 0,
		End: rowCount - 1,
	};
	const next = rows[key];
	return next === undefined || rowCount === 0 ? undefined : Math.min(Math.max(next, 0), rowCount - 1);
}
