// @vitest-environment happy-dom
import { screen } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';
import type { OperatorProblem } from '../../../src/operator/contract.ts';
import { ERRORS } from '../../../src/protocol/errors.ts';
import { renderInWindow } from '../testing/render-in-window.tsx';
import { ProblemBanner } from './problem-banner.tsx';

const PORT_TAKEN: OperatorProblem = {
	error: 'CONFIGURATION_ERROR',
	code: 5003,
	message: 'Port 8080 is in use',
	retryable: false,
};

describe('ProblemBanner', () => {
	it('is an alert with the problem, the remedy and the message of the service', async () => {
		await renderInWindow(<ProblemBanner problem={PORT_TAKEN} />);
		const { textContent } = screen.getByRole('alert');
		expect(textContent).toContain('A setting or file cannot be used');
		expect(textContent).toContain('then try again.');
		expect(textContent).toContain('Port 8080 is in use');
	});

	it('speaks the language of the operator and marks the message of the service as English', async () => {
		await renderInWindow(<ProblemBanner problem={PORT_TAKEN} />, { language: 'id' });
		expect(screen.getByRole('alert').textContent).toContain('Setelan atau berkas tidak dapat dipakai');
		expect(screen.getByText('Port 8080 is in use').lang).toBe('en');
	});

	it('does not advise to start a service that only the window has lost', async () => {
		const { error, code, message, retryable } = {
			error: 'SERVICE_UNAVAILABLE',
			...ERRORS.SERVICE_UNAVAILABLE,
		} as const;
		const details = { reason: 'connection' };
		await renderInWindow(<ProblemBanner problem={{ error, code, message, retryable, details }} />);
		const { textContent } = screen.getByRole('alert');
		expect(textContent).toContain('The connection to the service is lost');
		expect(textContent).not.toContain('Start the service');
	});

	it('omits a message that only repeats the error table', async () => {
		const { message } = ERRORS.CONFIGURATION_ERROR;
		await renderInWindow(<ProblemBanner problem={{ ...PORT_TAKEN, message }} />);
		expect(screen.getByRole('alert').textContent).not.toContain(message);
	});

	it('renders nothing without a problem', async () => {
		await renderInWindow(<ProblemBanner problem={undefined} />);
		expect(screen.queryByRole('alert')).toBeNull();
	});

	it('can be dismissed if its owner allows it', async () => {
		const onDismiss = vi.fn();
		const { click, show } = await renderInWindow(<ProblemBanner problem={PORT_TAKEN} />);
		expect(screen.queryByRole('button', { name: 'Dismiss' })).toBeNull();
		await show(<ProblemBanner problem={PORT_TAKEN} onDismiss={onDismiss} />);
		await click(screen.getByRole('button', { name: 'Dismiss' }));
		expect(onDismiss).toHaveBeenCalledOnce();
	});

	it('passes the focus to the heading of the view when it disappears with the focus', async () => {
		const view = (isShown: boolean) => (
			<main>
				<h1 tabIndex={-1}>Overview</h1>
				<ProblemBanner problem={isShown ? PORT_TAKEN : undefined} onDismiss={() => {}} />
			</main>
		);
		const { click, show } = await renderInWindow(view(true));
		await click(screen.getByRole('button', { name: 'Dismiss' }));
		await show(view(false));
		expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 }));
	});
});
