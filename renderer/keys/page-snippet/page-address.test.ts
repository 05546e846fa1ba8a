import { describe, expect, it } from 'vitest';
import type { ServiceState, SettingsState } from '../../../src/operator/contract.ts';
import { pageAddress } from './page-address.ts';

function settingsWithPort(value: number): SettingsState {
	const facts = { field: 'server.port', description: '', allowed: '', source: 'file', min: 0, max: 65_535 } as const;
	const port = { ...facts, kind: 'number' as const, value, fallback: 8080 };
	return { file: '/settings.json', settings: [port], pending: [] };
}

const RUNNING: ServiceState = { phase: 'running', since: 0, addresses: ['ws://localhost:9000', 'ws://127.0.0.1:9000'] };

describe('the address for a page', () => {
	it.each<[string, ServiceState | undefined, SettingsState | undefined, string]>([
		['is where the service listens', RUNNING, settingsWithPort(9191), 'ws://localhost:9000'],
		[
			'is the one of the next start while it is stopped',
			{ phase: 'stopped' },
			settingsWithPort(9191),
			'ws://localhost:9191',
		],
		['is the usual one while any free port is taken', { phase: 'stopped' }, settingsWithPort(0), 'ws://localhost:8080'],
		['is the usual one while nothing is known', undefined, undefined, 'ws://localhost:8080'],
	])('%s', (_, service, settings, address) => {
		expect(pageAddress(service, settings)).toBe(address);
	});
});
