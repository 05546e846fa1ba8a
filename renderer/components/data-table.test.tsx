// @vitest-environment happy-dom
import { screen, within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { DataTable } from './data-table.tsx';
import { renderInWindow } from './testing/render-in-window.tsx';

describe('DataTable', () => {
	it('is a named table with column headers and row headers', async () => {
		await renderInWindow(
			<DataTable
				caption="Connected now"
				rows={[
					{ page: 'https://a.example', key: 'Gym' },
					{ page: 'https://b.example', key: 'Front desk' },
				]}
				keyOf={({ page }) => page}
				columns={[
					{ title: 'Page', isRowHeader: true, cell: ({ page }) => page },
					{ title: 'Key', cell: ({ key }) => key },
				]}
			/>,
		);
		const table = screen.getByRole('table', { name: 'Connected now' });
		const headers = within(table).getAllByRole('columnheader');
		expect(headers.map(({ textContent }) => textContent)).toEqual(['Page', 'Key']);
		// The accessible name leaves out the column title that a narrow window shows in each cell.
		expect(within(table).getByRole('rowheader', { name: 'https://b.example' })).toBeDefined();
		expect(within(table).getByRole('cell', { name: 'Front desk' })).toBeDefined();
		expect(within(table).getAllByRole('row')).toHaveLength(3);
	});
});
