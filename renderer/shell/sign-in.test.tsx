// @vitest-environment happy-dom
import { screen } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';
import type { OperatorProblem } from '../../src/operator/contract.ts';
import { renderInWindow } from '../components/testing/render-in-window.tsx';
import { SignIn } from './sign-in.tsx';

async function renderSignIn(problem?: OperatorProblem) {
	const unlock = vi.fn();
	const rendered = await renderInWindow(<SignIn link={{ phase: 'locked', unlock, ...(problem && { problem }) }} />);
	return { ...rendered, unlock, field: screen.getByLabelText<HTMLInputElement>('Admin token') };
}

describe('SignIn', () => {
	it('focuses the token field, and signs in with the trimmed token on Enter', async () => {
		const { type, unlock, field } = await renderSignIn();
		await vi.waitFor(() => expect(document.activeElement).toBe(field));
		expect(field.type).toBe('password');
		await type(field, ' token-1 {Enter}');
		expect(unlock).toHaveBeenCalledExactlyOnceWith('token-1');
	});

	it('asks for a token if the field is empty', async () => {
		const { click, unlock, field } = await renderSignIn();
		await click(screen.getByRole('button', { name: 'Sign in' }));
		expect(screen.getByText('Paste a token first')).toBeDefined();
		expect(field.getAttribute('aria-invalid')).toBe('true');
		expect(unlock).not.toHaveBeenCalled();
	});

	it.each<[string, Partial<OperatorProblem>]>([
		['This link was already used, or it has expired', { details: { reason: 'ticket' } }],
		['The token was not accepted', {}],
		['Your session has expired', { error: 'TOKEN_EXPIRED' }],
	])('says "%s" after %j', async (text, problem) => {
		await renderSignIn({ error: 'INVALID_API_KEY', code: 4001, message: 'Refused', retryable: false, ...problem });
		expect(screen.getByRole('alert').textContent).toBe(text);
	});
});
