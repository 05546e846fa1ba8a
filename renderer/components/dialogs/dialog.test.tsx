// @vitest-environment happy-dom
import { screen } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';
import { Button } from '../buttons/button.tsx';
import { renderInWindow } from '../testing/render-in-window.tsx';
import { Dialog } from './dialog.tsx';

const actions = (
	<Button variant="primary" isSubmit>
		Save
	</Button>
);

describe('Dialog', () => {
	it('opens as a modal dialog that is named by its title', async () => {
		await renderInWindow(
			<Dialog title="New key" actions={actions}>
				Content
			</Dialog>,
		);
		expect(screen.getByRole<HTMLDialogElement>('dialog', { name: 'New key' }).open).toBe(true);
	});

	it('calls onCancel on Escape and stays open', async () => {
		const onCancel = vi.fn();
		const { press, click } = await renderInWindow(
			<Dialog title="New key" actions={actions} onCancel={onCancel}>
				<input aria-label="Name" />
			</Dialog>,
		);
		await click(screen.getByRole('textbox', { name: 'Name' }));
		await press('{Escape}');
		expect(onCancel).toHaveBeenCalledOnce();
		expect(screen.getByRole<HTMLDialogElement>('dialog').open).toBe(true);
	});

	it('calls onSubmit on Enter in a field and on its submit button', async () => {
		const onSubmit = vi.fn();
		const { type, click } = await renderInWindow(
			<Dialog title="New key" actions={actions} onSubmit={onSubmit}>
				<input aria-label="Name" />
			</Dialog>,
		);
		await type(screen.getByRole('textbox', { name: 'Name' }), 'x{Enter}');
		expect(onSubmit).toHaveBeenCalledTimes(1);
		await click(screen.getByRole('button', { name: 'Save' }));
		expect(onSubmit).toHaveBeenCalledTimes(2);
	});

	it('moves the focus to the heading of the view if the previous element is gone', async () => {
		const view = (
			<main>
				<h1 tabIndex={-1}>API keys</h1>
			</main>
		);
		const { show, click } = await renderInWindow(
			<>
				{view}
				<Dialog title="New key" actions={actions}>
					Content
				</Dialog>
			</>,
		);
		await click(screen.getByRole('button', { name: 'Save' }));
		await show(view);
		await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 })));
	});
});
