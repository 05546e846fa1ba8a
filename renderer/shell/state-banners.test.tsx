// @vitest-environment happy-dom
import { screen } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';
import type { OperatorEvent, ServiceState, SettingsState } from '../../src/operator/contract.ts';
import { renderInWindow } from '../components/testing/render-in-window.tsx';
import { StateBanners } from './state-banners.tsx';

const STOPPED: OperatorEvent = { topic: 'service', value: { phase: 'stopped' } };

describe('StateBanners', () => {
	it('reports a lost connection and retries on request', async () => {
		const { carrier, change, click } = await renderInWindow(<StateBanners />);
		const retry = vi.fn();
		await change(() => {
			carrier.link.value = { phase: 'lost', isRetrying: false, retry };
		});
		expect(screen.getByRole('alert').textContent).toContain('The connection to the service is lost');
		await click(screen.getByRole('button', { name: 'Try now' }));
		expect(retry).toHaveBeenCalledOnce();
	});

	it.each<[string, ServiceState]>([
		['a stopped service', { phase: 'stopped' }],
		['settings that need a restart', { phase: 'running', since: 0, addresses: [] }],
	])('offers no button for %s that cannot work while the connection is lost', async (_, value) => {
		const settings: SettingsState = { file: '', settings: [], pending: ['scans.perMinute'] };
		const { carrier, change } = await renderInWindow(<StateBanners />, {
			route: 'keys',
			events: [
				{ topic: 'service', value },
				{ topic: 'settings', value: settings },
			],
		});
		const before = screen.getByRole('status').textContent;
		await change(() => {
			carrier.link.value = { phase: 'lost', isRetrying: true, retry: () => {} };
		});
		expect(screen.queryByRole('status')).toBeNull();
		expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['Try now']);
		await change(() => {
			carrier.link.value = { phase: 'connected' };
		});
		expect(screen.getByRole('status').textContent).toBe(before);
	});

	it('offers to start a stopped service in every view but the overview', async () => {
		const { carrier, click, services } = await renderInWindow(<StateBanners />, { route: 'keys', events: [STOPPED] });
		carrier.willReply({ ok: true, result: { phase: 'starting' } });
		expect(screen.getByRole('status').textContent).toContain('The service is stopped');
		await click(screen.getByRole('button', { name: 'Start the service' }));
		expect(carrier.calls).toEqual([{ operation: 'service:start', input: {} }]);
		expect(services.route.value).toBe('keys');
	});

	it('leaves a stopped service to the overview', async () => {
		await renderInWindow(<StateBanners />, { route: 'overview', events: [STOPPED] });
		expect(screen.queryByRole('status')).toBeNull();
	});

	it('links to the overview when the service could not start', async () => {
		const problem = {
			error: 'CONFIGURATION_ERROR',
			code: 5003,
			message: 'Port 8080 is in use',
			retryable: false,
		} as const;
		await renderInWindow(<StateBanners />, {
			route: 'keys',
			events: [{ topic: 'service', value: { phase: 'failed', problem } }],
		});
		expect(screen.getByRole('alert').textContent).toContain('Port 8080 is in use');
		expect(screen.getByRole('link', { name: 'Overview' }).getAttribute('href')).toBe('#/overview');
	});
});
