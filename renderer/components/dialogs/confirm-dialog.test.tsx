// @vitest-environment happy-dom
import { screen } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';
import type { Action } from '../actions/use-action.ts';
import { renderInWindow } from '../testing/render-in-window.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';

function confirmDialog(action: Partial<Action<[]>>, onCancel = () => {}) {
	const idle = { run: () => {}, isBusy: false, problem: undefined, clear: () => {} };
	return (
		<ConfirmDialog title="Revoke “Gym”?" confirm="Revoke" action={{ ...idle, ...action }} onCancel={onCancel}>
			No page is connected with it now.
		</ConfirmDialog>
	);
}

describe('ConfirmDialog', () => {
	it('runs its action on confirmation', async () => {
		const run = vi.fn();
		const { click } = await renderInWindow(confirmDialog({ run }));
		expect(screen.getByRole('dialog', { name: 'Revoke “Gym”?' }).textContent).toContain('No page is connected');
		await click(screen.getByRole('button', { name: 'Revoke' }));
		expect(run).toHaveBeenCalledOnce();
	});

	it('runs nothing when it is cancelled', async () => {
		const [run, onCancel] = [vi.fn(), vi.fn()];
		const { click } = await renderInWindow(confirmDialog({ run }, onCancel));
		await click(screen.getByRole('button', { name: 'Cancel' }));
		expect(onCancel).toHaveBeenCalledOnce();
		expect(run).not.toHaveBeenCalled();
	});

	it('does not run its action again while it is busy', async () => {
		const run = vi.fn();
		const { click } = await renderInWindow(confirmDialog({ run, isBusy: true }));
		const button = screen.getByRole('button', { name: 'Revoke' });
		expect(button.getAttribute('aria-disabled')).toBe('true');
		await click(button);
		expect(run).not.toHaveBeenCalled();
	});

	it('shows why its action failed and what to do', async () => {
		await renderInWindow(
			confirmDialog({ problem: { error: 'RECORD_NOT_FOUND', code: 3004, message: 'Gone', retryable: false } }),
		);
		const alert = screen.getByRole('alert');
		expect(alert.textContent).toContain('This no longer exists');
		expect(alert.textContent).toContain('Check the list again.');
	});
});
