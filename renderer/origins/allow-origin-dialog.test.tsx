// @vitest-environment happy-dom
import { screen } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';
import { renderInWindow } from '../components/testing/render-in-window.tsx';
import { AllowOriginDialog } from './allow-origin-dialog.tsx';

async function renderDialog() {
	const onClose = vi.fn();
	const rendered = await renderInWindow(<AllowOriginDialog onClose={onClose} />);
	const field = () => screen.getByRole('textbox', { name: 'Origin' });
	const enter = async (text: string) => {
		await rendered.type(field(), text);
		await rendered.click(screen.getByRole('button', { name: 'Allow' }));
	};
	return { ...rendered, onClose, field, enter };
}

describe('AllowOriginDialog', () => {
	it.each(['https://app.example', 'https://*.app.example'])('allows %s', async (origin) => {
		const { carrier, onClose, enter } = await renderDialog();
		carrier.willReply({ ok: true, result: { pending: [], allowed: [origin], blocked: [] } });
		await enter(origin);
		expect(carrier.calls).toEqual([{ operation: 'origin:decide', input: { origin, decision: 'allow' } }]);
		expect(onClose).toHaveBeenCalledOnce();
	});

	it('says at the field what is possible when the service refuses a wildcard for a public suffix', async () => {
		const { carrier, onClose, field, enter } = await renderDialog();
		const problem = { error: 'INVALID_MESSAGE', code: 6002, message: 'wrong', retryable: false } as const;
		carrier.willReply({ ok: false, problem: { ...problem, details: { field: 'origin' } } });
		await enter('https://*.github.io');
		expect(field().getAttribute('aria-invalid')).toBe('true');
		expect(screen.getByText(/^Enter an address without a path/)).toBeDefined();
		expect(screen.queryByRole('alert')).toBeNull();
		expect(onClose).not.toHaveBeenCalled();
	});
});
