// @vitest-environment happy-dom
import { screen } from '@testing-library/dom';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Notices } from '../messages/notices.tsx';
import { renderInWindow } from '../testing/render-in-window.tsx';
import { CopyButton } from './copy-button.tsx';

const content = (
	<>
		<CopyButton text="ak_test_1" what="key" />
		<Notices />
	</>
);

afterEach(() => vi.restoreAllMocks());

describe('CopyButton', () => {
	it('copies the text and confirms it on the button and in a notice', async () => {
		const { click } = await renderInWindow(content);
		const button = screen.getByRole('button', { name: 'Copy key' });
		expect(button.textContent).toBe('Copy');
		await click(button);
		expect(await navigator.clipboard.readText()).toBe('ak_test_1');
		await vi.waitFor(() => expect(button.textContent).toBe('Copied'));
		expect(screen.getByRole('status').textContent).toBe('Copied');
	});

	it('shows the remedy if the browser refuses to copy', async () => {
		const { click } = await renderInWindow(content);
		vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('NotAllowedError'));
		document.execCommand = () => false;
		await click(screen.getByRole('button', { name: 'Copy key' }));
		await vi.waitFor(() =>
			expect(screen.getByRole('status').textContent).toBe(
				'The text could not be copied. Select it and copy it by hand.',
			),
		);
		expect(screen.getByRole('button', { name: 'Copy key' }).textContent).toBe('Copy');
	});
});
