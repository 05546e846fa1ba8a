import type { ComponentChildren } from 'preact';

/** One column: its heading and its cell for a row. */
export interface Column<R> {
	readonly title: string;
	readonly cell: (row: R) => ComponentChildren;
	/** Its cells are row headers. */
	readonly isRowHeader?: boolean;
}

export interface DataTableProps<R> {
	/** Describes the table to screen readers. */
	readonly caption: string;
	readonly columns: readonly Column<R>[];
	readonly rows: readonly R[];
	readonly keyOf: (row: R) => string;
}

/** A table that becomes a list of cards in a narrow window, where each cell shows the heading of its column. */
export function DataTable<R>({ caption, columns, rows, keyOf }: DataTableProps<R>) {
	return (
		<table class="data-table">
			<caption class="visually-hidden">{caption}</caption>
			<thead>
				<tr>
					{columns.map(({ title }) => (
						<th key={title} scope="col">
							{title}
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{rows.map((row) => (
					<tr key={keyOf(row)}>
						{columns.map((column) => (
							<Cell key={column.title} column={column} row={row} />
						))}
					</tr>
				))}
			</tbody>
		</table>
	);
}

function Cell<R>({ column, row }: { readonly column: Column<R>; readonly row: R }) {
	const content = (
		<>
			<span class="data-table-label" aria-hidden="true">
				{column.title}
			</span>
			<div class="data-table-value">{column.cell(row)}</div>
		</>
	);
	if (column.isRowHeader) {
		return <th scope="row">{content}</th>;
	}
	return <td>{content}</td>;
}
