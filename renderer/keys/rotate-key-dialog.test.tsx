// @vitest-environment happy-dom
import { screen } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';
import type { KeyView } from '../../src/operator/contract.ts';
import { renderInWindow } from '../components/testing/render-in-window.tsx';
import { RotateKeyDialog } from './rotate-key-dialog.tsx';
import { ISSUED_KEY } from './testing/issued-key.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

async function renderDialog(replaced: readonly KeyView[] = []) {
	const onIssued = vi.fn();
	const rendered = await renderInWindow(
		<RotateKeyDialog apiKey={ISSUED_KEY.key} onCancel={() => {}} onIssued={onIssued} />,
		{ events: [{ topic: 'keys', value: [...replaced, ISSUED_KEY.key] }] },
	);
	rendered.carrier.willReply({ ok: true, result: ISSUED_KEY });
	return { ...rendered, onIssued };
}

const dialogText = () => screen.getByRole('dialog').textContent;

describe('RotateKeyDialog', () => {
	it('ends the old key at once unless the operator chooses an overlap', async () => {
		const { carrier, click, onIssued } = await renderDialog();
		expect(dialogText()).toContain('The old key stops working at once. No page is connected with it now.');
		await click(screen.getByRole('button', { name: 'Rotate' }));
		expect(carrier.calls).toEqual([{ operation: 'key:rotate', input: { id: 'key-1', overlapMs: 0 } }]);
		expect(onIssued).toHaveBeenCalledExactlyOnceWith(ISSUED_KEY);
	});

	it.each([
		['works for 1 more day', DAY_MS],
		['works for 7 more days', 7 * DAY_MS],
		['works for 30 more days', 30 * DAY_MS],
	])('offers that the old key %s', async (label, overlapMs) => {
		const { carrier, choose, click } = await renderDialog();
		await choose(screen.getByRole('combobox', { name: 'The old key' }), label);
		expect(dialogText()).toContain('Both keys work until then');
		await click(screen.getByRole('button', { name: 'Rotate' }));
		expect(carrier.calls).toEqual([{ operation: 'key:rotate', input: { id: 'key-1', overlapMs } }]);
	});

	it('says that a key in its overlap ends as well', async () => {
		await renderDialog([{ ...ISSUED_KEY.key, id: 'key-0', replacedBy: 'key-1' }]);
		expect(dialogText()).toContain('The key that it replaced, which still works, ends with it.');
	});
});
