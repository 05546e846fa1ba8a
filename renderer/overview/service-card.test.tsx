// @vitest-environment happy-dom
import { screen } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import type { ServiceState } from '../../src/operator/contract.ts';
import { renderInWindow } from '../components/testing/render-in-window.tsx';
import { ServiceCard } from './service-card.tsx';

const RUNNING: ServiceState = {
	phase: 'running',
	since: 0,
	addresses: ['ws://localhost:8080', 'ws://127.0.0.1:8080'],
};

const renderCard = (value: ServiceState) => renderInWindow(<ServiceCard />, { events: [{ topic: 'service', value }] });

const buttons = () =>
	screen.getAllByRole('button').map((button) => button.getAttribute('aria-label') ?? button.textContent);

describe('ServiceCard', () => {
	it('shows the address of a running service with a copy button', async () => {
		await renderCard(RUNNING);
		const { textContent } = screen.getByRole('region', { name: 'Service' });
		expect(textContent).toContain('Running since');
		expect(textContent).toContain('ws://localhost:8080');
		expect(textContent).toContain('ws://127.0.0.1:8080');
		expect(buttons()).toEqual(['Copy Address for web pages', 'Stop the service', 'Restart']);
	});

	it.each<[ServiceState, string, string]>([
		[RUNNING, 'Stop the service', 'service:stop'],
		[RUNNING, 'Restart', 'service:restart'],
		[{ phase: 'stopped' }, 'Start the service', 'service:start'],
	])('in the state %j the button "%s" calls %s', async (state, name, operation) => {
		const { carrier, click } = await renderCard(state);
		carrier.willReply({ ok: true, result: state });
		await click(screen.getByRole('button', { name }));
		expect(carrier.calls).toEqual([{ operation, input: {} }]);
	});

	it('keeps its buttons busy while the service is starting', async () => {
		const { carrier, click } = await renderCard({ phase: 'starting' });
		const stop = screen.getByRole('button', { name: 'Stop the service' });
		expect(stop.getAttribute('aria-disabled')).toBe('true');
		await click(stop);
		expect(carrier.calls).toEqual([]);
	});

	it('keeps the focus on the same button after a stop', async () => {
		const { carrier, click, change } = await renderCard(RUNNING);
		carrier.willReply({ ok: true, result: { phase: 'stopped' } });
		const button = screen.getByRole('button', { name: 'Stop the service' });
		await click(button);
		await change(() => carrier.emit({ topic: 'service', value: { phase: 'stopped' } }));
		expect(screen.getByRole('button', { name: 'Start the service' })).toBe(button);
		expect(document.activeElement).toBe(button);
	});

	it('has no buttons while the connection is lost', async () => {
		const { carrier, change } = await renderCard({ phase: 'stopped' });
		await change(() => {
			carrier.link.value = { phase: 'lost', isRetrying: false, retry: () => {} };
		});
		expect(screen.queryAllByRole('button')).toEqual([]);
		expect(screen.getByText('Not connected')).toBeDefined();
	});
});
