// @vitest-environment happy-dom
import { screen } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import type { OperatorEvent, ReaderView } from '../../src/operator/contract.ts';
import { renderInWindow } from '../components/testing/render-in-window.tsx';
import { ROUTES, type Route } from '../router.ts';
import { AppShell } from './app-shell.tsx';

const READER: ReaderView = {
	id: 'device-001',
	model: 'SLK20R',
	serialNumber: '0001',
	firmwareVersion: '1',
	driver: 'zkfinger',
	isVirtual: false,
	status: 'idle',
};

const STATE: readonly OperatorEvent[] = [
	{ topic: 'service', value: { phase: 'running', since: 0, addresses: ['ws://localhost:8080'] } },
	{ topic: 'readers', value: [READER] },
	{
		topic: 'connections',
		value: [{ id: '1', name: 'Front desk', keyId: 'key-1', origin: 'https://shop.example', since: 0, readers: [] }],
	},
	{ topic: 'origins', value: { pending: [], allowed: [], blocked: [] } },
	{ topic: 'settings', value: { file: '', settings: [], pending: ['scans.perMinute'] } },
	{ topic: 'keys', value: [] },
];

/** Claims about the service that may be outdated, and buttons that cannot work. */
const STALE =
	/Running|Ready|Scanning|device-001|ws:\/\/|shop\.example|Stop the service|Restart|Start scan|takes effect after/;

const text = () => document.body.textContent ?? '';

const renderShell = async (route: Route) => {
	const rendered = await renderInWindow(<AppShell />, { route, events: STATE });
	const setLink = (isLost: boolean) =>
		rendered.change(() => {
			rendered.carrier.link.value = isLost
				? { phase: 'lost', isRetrying: false, retry: () => {} }
				: { phase: 'connected' };
		});
	return { ...rendered, setLink };
};

describe('a window that has lost its connection', () => {
	it.each(ROUTES)('states it and makes no stale claim in the view %s, and recovers', async (route) => {
		const { setLink } = await renderShell(route);
		const before = text();
		expect(before).toMatch(STALE);
		await setLink(true);
		expect(screen.getByRole('alert').textContent).toContain('The connection to the service is lost');
		expect(text()).toContain('Not connected');
		expect(text()).not.toMatch(STALE);
		await setLink(false);
		expect(text()).toBe(before);
	});
});
