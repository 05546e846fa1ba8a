// @vitest-environment happy-dom
import { screen, within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import type { OperatorEvent, ReaderView, ServiceState } from '../../src/operator/contract.ts';
import { renderInWindow } from '../components/testing/render-in-window.tsx';
import { ServiceCard } from './service-card.tsx';

const RUNNING: ServiceState = {
	phase: 'running',
	since: 0,
	addresses: ['ws://localhost:8080', 'ws://127.0.0.1:8080'],
};

const READER: ReaderView = {
	id: 'device-001',
	model: 'SLK20R',
	serialNumber: '0001',
	firmwareVersion: '1',
	driver: 'zkfinger',
	isVirtual: false,
	status: 'idle',
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

	describe('if a stop interrupts something', () => {
		const INTERRUPTED: OperatorEvent[] = [
			{ topic: 'service', value: RUNNING },
			{ topic: 'readers', value: [{ ...READER, status: 'busy' }] },
			{ topic: 'connections', value: [{ id: '1', name: 'Front desk', since: 0, readers: [] }] },
		];

		it.each([
			['Stop the service', 'Stop', 'service:stop', '1 page or program is connected and will be disconnected.'],
			['Restart', 'Restart', 'service:restart', '1 scan is running and will end without a result.'],
		])('"%s" asks first and names it', async (name, confirm, operation, effect) => {
			const { carrier, click, change } = await renderInWindow(<ServiceCard />, { events: INTERRUPTED });
			await click(screen.getByRole('button', { name }));
			const dialog = within(screen.getByRole('dialog'));
			expect(screen.getByRole('dialog').textContent).toContain(effect);
			expect(carrier.calls).toEqual([]);
			carrier.willReply({ ok: true, result: { phase: 'stopped' } });
			await click(dialog.getByRole('button', { name: confirm }));
			expect(carrier.calls).toEqual([{ operation, input: {} }]);
			await change(() => carrier.emit({ topic: 'service', value: { phase: 'stopping' } }));
			await change(() => carrier.emit({ topic: 'service', value: RUNNING }));
			expect(screen.queryByRole('dialog')).toBeNull();
		});

		it('"Cancel" changes nothing', async () => {
			const { carrier, click } = await renderInWindow(<ServiceCard />, { events: INTERRUPTED });
			await click(screen.getByRole('button', { name: 'Stop the service' }));
			await click(screen.getByRole('button', { name: 'Cancel' }));
			expect(screen.queryByRole('dialog')).toBeNull();
			expect(carrier.calls).toEqual([]);
		});

		it('a restart does not ask about clients, which connect again', async () => {
			const events = INTERRUPTED.filter(({ topic }) => topic !== 'readers');
			const { carrier, click } = await renderInWindow(<ServiceCard />, { events });
			carrier.willReply({ ok: true, result: RUNNING });
			await click(screen.getByRole('button', { name: 'Restart' }));
			expect(carrier.calls).toEqual([{ operation: 'service:restart', input: {} }]);
		});
	});

	it.each<[string, readonly ReaderView[]]>([
		['1 reader is ready', [READER, { ...READER, isVirtual: true }]],
		['2 readers are ready', [READER, { ...READER, status: 'busy' }]],
		['No reader is plugged in; virtual readers are available', [{ ...READER, isVirtual: true }]],
		['No reader is ready', [{ ...READER, status: 'error' }]],
		['No reader is ready', []],
	])('states "%s" for the readers %j', async (summary, readers) => {
		await renderInWindow(<ServiceCard />, {
			events: [
				{ topic: 'service', value: RUNNING },
				{ topic: 'readers', value: readers },
			],
		});
		expect(screen.getByText(summary)).toBeDefined();
	});
});
