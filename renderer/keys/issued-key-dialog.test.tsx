// @vitest-environment happy-dom
import { screen } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';
import { renderInWindow } from '../components/testing/render-in-window.tsx';
import { IssuedKeyDialog } from './issued-key-dialog.tsx';
import { ISSUED_KEY } from './testing/issued-key.ts';

async function renderDialog() {
	const onDone = vi.fn();
	const rendered = await renderInWindow(<IssuedKeyDialog issued={ISSUED_KEY} onDone={onDone} />, {
		events: [{ topic: 'service', value: { phase: 'running', since: 0, addresses: ['ws://localhost:9090'] } }],
	});
	return { ...rendered, onDone };
}

describe('IssuedKeyDialog', () => {
	it('shows the key and an example page for the running service', async () => {
		await renderDialog();
		expect(screen.getByRole('dialog', { name: 'Key “Front desk”' })).toBeDefined();
		expect(screen.getByText('ak_test_0123')).toBeDefined();
		const { value, readOnly } = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Example page' });
		expect(value).toContain("new WebSocket('ws://localhost:9090')");
		expect(value).toContain("apiKey: 'ak_test_0123'");
		expect(readOnly).toBe(true);
	});

	it('copies the key and the page separately', async () => {
		const { click } = await renderDialog();
		await click(screen.getByRole('button', { name: 'Copy key' }));
		expect(await navigator.clipboard.readText()).toBe('ak_test_0123');
		await click(screen.getByRole('button', { name: 'Copy example page' }));
		expect(await navigator.clipboard.readText()).toMatch(/^<!doctype html>/);
	});

	it('is closed by its button, but not by Escape', async () => {
		const { press, click, onDone } = await renderDialog();
		await click(screen.getByRole('button', { name: 'Copy key' }));
		await press('{Escape}');
		expect(onDone).not.toHaveBeenCalled();
		expect(screen.getByRole<HTMLDialogElement>('dialog').open).toBe(true);
		await click(screen.getByRole('button', { name: 'I have copied it' }));
		expect(onDone).toHaveBeenCalledOnce();
	});
});
