import { describe, expect, it } from 'vitest';
import type { ServiceState, SettingsState } from '../../../src/operator/contract.ts';
import { pageAddress } from './page-address.ts';

function settingsWithPort(value: number): SettingsState {
	const facts = {
		group: 'connections',
		effect: 'program-start',
		isAdvanced: false,
		variable: '',
		description: '',
		allowed: '',
	} as const;
	const range = { kind: 'number', min: 0, max: 65_535, fallback: 8080 } as const;
	const port = { ...facts, ...range, field: 'server.port', source: 'file' as const, value };
	return { file: '/settings.json', settings: [port], pending: [] };
}

const RUNNING: ServiceState = { phase: 'running', since: 0, addresses: ['ws://localhost:9000', 'ws://127.0.0.1:9000'] };

describe('pageAddress', () => {
	it.each<[string, ServiceState | undefined, SettingsState | undefined, string]>([
		['is the address of the running service', RUNNING, settingsWithPort(9191), 'ws://localhost:9000'],
		[
			'uses the configured port while the service is stopped',
			{ phase: 'stopped' },
			settingsWithPort(9191),
			'ws://localhost:9191',
		],
		[
			'uses the default port if the configured port is 0',
			{ phase: 'stopped' },
			settingsWithPort(0),
			'ws://localhost:8080',
		],
		['uses the default port before any state arrives', undefined, undefined, 'ws://localhost:8080'],
	])('%s', (_, service, settings, address) => {
		expect(pageAddress(service, settings)).toBe(address);
	});
});
