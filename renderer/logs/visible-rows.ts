/** Rows rendered above and below the visible ones, so that fast scrolling shows no gap. */
const OVERSCAN = 8;

/** A scrolled list of rows with equal height; lengths in CSS pixels. */
export interface RowWindow {
	readonly rowCount: number;
	readonly rowHeight: number;
	/** Scroll offset of the list. */
	readonly scrollTop: number;
	/** Visible height of the list. */
	readonly height: number;
}

/** Returns the rows to render, from `first` to `end`, exclusive. */
export function visibleRows({ rowCount, rowHeight, scrollTop, height }: RowWindow): { first: number; end: number } {
	const top = Math.min(Math.max(scrollTop, 0), Math.max(rowCount * rowHeight - height, 0));
	const first = Math.max(Math.floor(top / rowHeight) - OVERSCAN, 0);
	const end = Math.min(Math.ceil((top + height) / rowHeight) + OVERSCAN, rowCount);
	return { first, end };
}

/** Returns the nearest scroll offset at which the whole row is visible. */
export function scrollToRow(row: number, { rowHeight, scrollTop, height }: RowWindow): number {
	const top = row * rowHeight;
	return Math.min(Math.max(scrollTop, top + rowHeight - height), top);
}

/** Returns whether the list is scrolled to the end, within one row. */
export function isAtEnd({ rowCount, rowHeight, scrollTop, height }: RowWindow): boolean {
	return scrollTop + height >= (rowCount - 1) * rowHeight;
}

/**
 * Returns the row that a key moves to; undefined if the key does not move.
 *
 * @param row the current row; undefined means after the last row
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
