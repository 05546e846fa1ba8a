// @vitest-environment happy-dom
import { screen } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import type { KeyView, OperatorEvent, OriginsState, ServiceState } from '../../src/operator/contract.ts';
import { renderInWindow } from '../components/testing/render-in-window.tsx';
import { OriginsView } from './origins-view.tsx';

const APP = 'https://app.example';
const PENDING = { origin: APP, lastSeenAt: 0, attempts: 1 };
const RUNNING: ServiceState = { phase: 'running', since: 0, addresses: [] };
const KEY: KeyView = {
	id: 'key-1',
	name: 'Front desk',
	environment: 'live',
	status: 'valid',
	permissions: [],
	createdAt: '2026-01-01T00:00:00.000Z',
};

const renderView = (origins: Partial<OriginsState>, keys: readonly KeyView[] = []) => {
	const events: OperatorEvent[] = [
		{ topic: 'service', value: RUNNING },
		{ topic: 'connections', value: [] },
		{ topic: 'keys', value: keys },
		{ topic: 'origins', value: { pending: [], allowed: [], blocked: [], ...origins } },
	];
	return renderInWindow(
		<main>
			<OriginsView />
		</main>,
		{ events },
	);
};

const text = () => document.querySelector('main')?.textContent ?? '';

describe('OriginsView', () => {
	it.each([
		[`Block ${APP}`, 'block', { allowed: [APP] }],
		[`Allow ${APP}`, 'allow', { blocked: [APP] }],
	])('offers "%s" to reverse a decision', async (name, decision, origins) => {
		const { carrier, click } = await renderView(origins);
		carrier.willReply({ ok: true, result: { pending: [], allowed: [], blocked: [] } });
		await click(screen.getByRole('button', { name }));
		expect(carrier.calls).toEqual([{ operation: 'origin:decide', input: { origin: APP, decision } }]);
	});

	it('shows why a decision could not be reversed, with advice that fits', async () => {
		const { carrier, click } = await renderView({ blocked: [APP] });
		const message = 'server.allowedOrigins cannot be changed';
		const problem = { error: 'CONFIGURATION_ERROR', code: 5003, message, retryable: false } as const;
		carrier.willReply({ ok: false, problem });
		await click(screen.getByRole('button', { name: `Allow ${APP}` }));
		expect(screen.getByRole('alert').textContent).toContain('then try again');
		expect(screen.getByRole('alert').textContent).not.toContain('start');
	});

	it('refers to the origins that wait, instead of explaining that some may appear', async () => {
		await renderView({ pending: [PENDING] }, [KEY]);
		expect(text()).toContain('Allow or block the origins above.');
		expect(text()).not.toContain('When a page from another origin tries to connect');
		expect(text()).toContain('A page is waiting for your decision above.');
		expect(text()).not.toContain('API key');
	});

	it.each([
		['Create an API key', []],
		['Create an API key', [{ ...KEY, status: 'revoked' } as const]],
		['Put an API key into your page', [KEY]],
	])('advises "%s" without a connection, with the keys %j', async (advice, keys) => {
		await renderView({}, keys);
		expect(text()).toContain(advice);
	});
});
