// @vitest-environment happy-dom
import { screen } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';
import { renderInWindow } from '../components/testing/render-in-window.tsx';
import { LogList } from './log-list.tsx';
import { startSearch } from './log-search.ts';

const LINES = Array.from({ length: 1_000 }, (_, i) => ({
	sequence: i + 1,
	timestamp: '2026-01-01T00:00:00.000Z',
	level: i % 2 === 0 ? ('info' as const) : ('error' as const),
	name: 'ScanService',
	message: `entry ${i}`,
}));

async function renderList(selected?: number, text = '') {
	const [onSelect, onOpen] = [vi.fn(), vi.fn()];
	const rendered = await renderInWindow(
		<LogList
			search={startSearch({ lines: LINES, dropped: 0 }, { level: 'debug', text })}
			isFollowing={false}
			selected={selected}
			onSelect={onSelect}
			onOpen={onOpen}
			onScroll={() => {}}
		/>,
	);
	const list = screen.getByRole('listbox', { name: 'Log lines, oldest first' });
	return { ...rendered, list, onSelect, onOpen };
}

describe('LogList', () => {
	it('renders only the visible lines, and tells screen readers how many there are', async () => {
		await renderList();
		const options = screen.getAllByRole('option');
		expect(options.length).toBeLessThan(50);
		expect(options[2]?.getAttribute('aria-posinset')).toBe('3');
		expect(options[2]?.getAttribute('aria-setsize')).toBe('1000');
	});

	it('selects a line that is clicked', async () => {
		const { click, onSelect } = await renderList();
		await click(screen.getByText('entry 3'));
		expect(onSelect).toHaveBeenCalledExactlyOnceWith(3, false);
	});

	it.each([
		['{ArrowDown}', 5, false],
		['{ArrowUp}', 3, false],
		['{Home}', 0, false],
		['{End}', 999, true],
	])('selects another line with the key %s', async (key, position, isLast) => {
		const { list, change, press, onSelect } = await renderList(4);
		await change(() => list.focus());
		await press(key);
		expect(onSelect).toHaveBeenCalledExactlyOnceWith(position, isLast);
	});

	it('refers to the selected line as the active one, and opens it with Enter', async () => {
		const { list, change, press, onOpen } = await renderList(4);
		const option = screen.getByRole('option', { selected: true });
		expect(option.textContent).toContain('entry 4');
		expect(list.getAttribute('aria-activedescendant')).toBe(option.id);
		await change(() => list.focus());
		await press('{Enter}');
		expect(onOpen).toHaveBeenCalledOnce();
	});

	it('marks the search hits', async () => {
		await renderList(undefined, 'ENTRY 99');
		const options = screen.getAllByRole('option');
		const hits = options.map((option) => option.querySelector('mark')?.textContent);
		expect(hits).toEqual(options.map(() => 'entry 99'));
		expect(options[0]?.getAttribute('aria-setsize')).toBe('11');
	});
});
