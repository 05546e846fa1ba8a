// @vitest-environment happy-dom
import { screen } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';
import type { OperatorProblem } from '../../src/operator/contract.ts';
import { DEFAULT_PERMISSIONS } from '../../src/protocol/permissions.ts';
import { renderInWindow } from '../components/testing/render-in-window.tsx';
import { NewKeyDialog } from './new-key-dialog.tsx';
import { ISSUED_KEY } from './testing/issued-key.ts';

function refusal(field: string): OperatorProblem {
	return { error: 'INVALID_MESSAGE', code: 6002, message: 'wrong', retryable: false, details: { field } };
}

async function renderDialog() {
	const [onCancel, onIssued] = [vi.fn(), vi.fn()];
	const rendered = await renderInWindow(<NewKeyDialog onCancel={onCancel} onIssued={onIssued} />);
	const submit = () => rendered.click(screen.getByRole('button', { name: 'Create key' }));
	return { ...rendered, onCancel, onIssued, submit };
}

describe('NewKeyDialog', () => {
	it('creates a key with the values of the form', async () => {
		const { carrier, onIssued, type, click, choose, submit } = await renderDialog();
		carrier.willReply({ ok: true, result: ISSUED_KEY });
		await type(screen.getByRole('textbox', { name: 'Name' }), 'Front desk');
		await click(screen.getByRole('radio', { name: /^Live/ }));
		await click(screen.getByRole('checkbox', { name: /^verify fingers/ }));
		await choose(screen.getByRole('combobox', { name: 'Valid' }), 'until it is revoked');
		await type(screen.getByRole('textbox', { name: /^Only for these web pages/ }), 'https://app.example');
		await submit();
		expect(carrier.calls).toEqual([
			{
				operation: 'key:create',
				input: {
					name: 'Front desk',
					environment: 'live',
					permissions: DEFAULT_PERMISSIONS.filter((permission) => permission !== 'fingerprint:verify'),
					origins: ['https://app.example'],
				},
			},
		]);
		expect(onIssued).toHaveBeenCalledExactlyOnceWith(ISSUED_KEY);
	});

	it('grants images only if the operator chooses it, and explains that they are personal data', async () => {
		const { carrier, type, click, submit } = await renderDialog();
		carrier.willReply({ ok: true, result: ISSUED_KEY });
		await type(screen.getByRole('textbox', { name: 'Name' }), 'Front desk');
		const images = screen.getByRole('checkbox', { name: /^receive images/ });
		expect(images).toHaveProperty('checked', false);
		expect(images.closest('label')?.textContent).toContain('personal data');
		await click(images);
		await submit();
		const input = { permissions: [...DEFAULT_PERMISSIONS, 'fingerprint:image'] };
		expect(carrier.calls).toMatchObject([{ operation: 'key:create', input }]);
	});

	it('shows the refusal of the service at the field and focuses it', async () => {
		const { carrier, onIssued, submit } = await renderDialog();
		carrier.willReply({ ok: false, problem: refusal('name') });
		await submit();
		const name = screen.getByRole('textbox', { name: 'Name' });
		await vi.waitFor(() => expect(document.activeElement).toBe(name));
		expect(name.getAttribute('aria-invalid')).toBe('true');
		expect(screen.getByText('Enter a name of 1 to 100 characters.')).toBeDefined();
		expect(screen.queryByRole('alert')).toBeNull();
		expect(onIssued).not.toHaveBeenCalled();
	});

	it('names the invalid origin of a list', async () => {
		const { carrier, type, submit } = await renderDialog();
		carrier.willReply({ ok: false, problem: refusal('origins.1') });
		await type(screen.getByRole('textbox', { name: /^Only for these web pages/ }), 'https://app.example nonsense');
		await submit();
		expect(await screen.findByText(/^“nonsense” is not possible/)).toBeDefined();
	});

	it('asks for a day only if the key is valid until a day, and rejects one in the past itself', async () => {
		const { carrier, choose, type, submit } = await renderDialog();
		expect(screen.queryByLabelText('Last day')).toBeNull();
		await choose(screen.getByRole('combobox', { name: 'Valid' }), 'until a chosen day…');
		await type(screen.getByLabelText('Last day'), '2020-01-01');
		await submit();
		expect(screen.getByText('Choose today or a later day.')).toBeDefined();
		expect(carrier.calls).toEqual([]);
	});

	it('shows any other failure as an alert and keeps what was entered', async () => {
		const { carrier, type, submit } = await renderDialog();
		const problem = { error: 'SERVICE_UNAVAILABLE', code: 5002, message: 'Stopped', retryable: true } as const;
		carrier.willReply({ ok: false, problem });
		await type(screen.getByRole('textbox', { name: 'Name' }), 'Gym');
		await submit();
		expect((await screen.findByRole('alert')).textContent).toContain('The service is not available');
		expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' }).value).toBe('Gym');
	});

	it('is cancelled by its button', async () => {
		const { carrier, onCancel, click } = await renderDialog();
		await click(screen.getByRole('button', { name: 'Cancel' }));
		expect(onCancel).toHaveBeenCalledOnce();
		expect(carrier.calls).toEqual([]);
	});
});
