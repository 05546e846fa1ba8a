import { describe, expect, it } from 'vitest';
import type { ReaderView, ServiceState } from '../../src/operator/contract.ts';
import { getDesktopText } from '../text/desktop-text.ts';
import { interruptedByStop, type TrayFacts, trayIcon, trayMenu, trayTooltip } from './tray-view.ts';

const RUNNING: ServiceState = { phase: 'running', since: 0, addresses: ['ws://localhost:8080', 'ws://[::1]:8080'] };
const FAILED: ServiceState = {
	phase: 'failed',
	problem: { error: 'CONFIGURATION_ERROR', code: 5003, message: 'Port 8080 is taken', retryable: false },
};
const IDLE = reader('idle');
const BUSY = reader('busy');
const VIRTUAL: ReaderView = { ...IDLE, isVirtual: true };

const english = getDesktopText('en');

describe('trayIcon', () => {
	it.each<[string, Partial<TrayFacts>, string]>([
		['a stopped service', { service: { phase: 'stopped' } }, 'stopped'],
		['a starting service', { service: { phase: 'starting' } }, 'stopped'],
		['a service that stops during a scan', { service: { phase: 'stopping' }, readers: [BUSY] }, 'stopped'],
		['a running service', { service: RUNNING, readers: [IDLE] }, 'running'],
		['a running service without readers', { service: RUNNING }, 'running'],
		['a service with a busy reader', { service: RUNNING, readers: [IDLE, BUSY] }, 'scanning'],
		['a service with a reader that is out of order', { service: RUNNING, readers: [reader('error')] }, 'running'],
		['a service that failed to start', { service: FAILED }, 'failed'],
	])('for %s', (_title, given, icon) => {
		expect(trayIcon(facts(given))).toBe(icon);
	});
});

describe('trayTooltip', () => {
	it.each<[string, Partial<TrayFacts>, string]>([
		[
			'the address and the number of readers',
			{ service: RUNNING, readers: [IDLE, BUSY] },
			'ws://localhost:8080\n2 readers',
		],
		['that there are no readers', { service: RUNNING }, 'ws://localhost:8080\nNo reader plugged in'],
		[
			'that there are only virtual readers',
			{ service: RUNNING, readers: [VIRTUAL] },
			'ws://localhost:8080\nNo reader plugged in; virtual readers available',
		],
		['only the real readers', { service: RUNNING, readers: [VIRTUAL, IDLE] }, 'ws://localhost:8080\n1 reader'],
		[
			'that a reader is out of order',
			{ service: RUNNING, readers: [IDLE, reader('error')] },
			'ws://localhost:8080\n2 readers, 1 out of order',
		],
		['that the service is stopped', { service: { phase: 'stopped' } }, 'Stopped'],
		['that the service is starting', { service: { phase: 'starting' } }, 'Starting'],
		['that the service is stopping', { service: { phase: 'stopping' } }, 'Stopping'],
		['why the start failed', { service: FAILED }, 'Failed: Port 8080 is taken'],
	])('shows %s', (_title, given, lines) => {
		expect(trayTooltip(facts(given), english)).toBe(`Fingerprint Service\n${lines}`);
	});

	it('is at most 127 characters long', () => {
		const problem = { error: 'CONFIGURATION_ERROR', code: 5003, message: 'x'.repeat(200), retryable: false } as const;
		const tooltip = trayTooltip(facts({ service: { phase: 'failed', problem } }), english);
		expect(tooltip).toHaveLength(127);
		expect(tooltip).toMatch(/^Fingerprint Service\nFailed: x+…$/);
	});
});

describe('trayMenu', () => {
	it('lists all entries in order', () => {
		expect(labels(facts({ service: RUNNING }))).toEqual([
			'Open window',
			'Stop service',
			'-',
			'Readers',
			'Copy address',
			'-',
			'Start at login',
			'Show logs',
			'-',
			'Quit',
		]);
	});

	it.each<[ServiceState, string, string, boolean]>([
		[{ phase: 'stopped' }, 'Start service', 'start', true],
		[{ phase: 'starting' }, 'Start service', 'start', false],
		[RUNNING, 'Stop service', 'stop', true],
		[{ phase: 'stopping' }, 'Stop service', 'stop', false],
		[FAILED, 'Start service', 'start', true],
	])('for the service state %j offers %s', (service, label, action, isEnabled) => {
		expect(trayMenu(facts({ service }), english)[1]).toEqual({ kind: 'action', label, action, isEnabled });
	});

	it('enables "Copy address" only while the service runs', () => {
		const enabled = (service: ServiceState) =>
			trayMenu(facts({ service }), english).find((entry) => entry.kind === 'action' && entry.action === 'copy-address');
		expect(enabled(RUNNING)).toMatchObject({ isEnabled: true });
		expect(enabled({ phase: 'stopped' })).toMatchObject({ isEnabled: false });
	});

	it('lists the readers with their status', () => {
		expect(readerList([IDLE, BUSY, reader('error'), reader('connected')])).toEqual([
			'SLK20R 0001: ready',
			'SLK20R 0001: scanning',
			'SLK20R 0001: out of order',
			'SLK20R 0001: connected',
		]);
		expect(readerList([VIRTUAL])).toEqual(['SLK20R 0001: available']);
		expect(readerList([])).toEqual(['No reader plugged in']);
	});

	it.each<ServiceState>([{ phase: 'stopped' }, { phase: 'starting' }, { phase: 'stopping' }, FAILED])(
		'does not claim that there are no readers in the service state %j',
		(service) => expect(readerList([], service)).toEqual(['Shown while the service runs']),
	);

	it('removes control characters from the name of a reader and escapes "&"', () => {
		const odd = { ...IDLE, model: 'R&D\nreader', serialNumber: '\u202e1000\u200b' };
		expect(readerList([odd])).toEqual(['R&&Dreader 1000: ready']);
	});

	it.each([true, false])('shows the setting "Start at login" as %s', (startAtLogin) => {
		const entry = trayMenu(facts({ startAtLogin }), english).find(({ kind }) => kind === 'switch');
		expect(entry).toEqual({ kind: 'switch', label: 'Start at login', action: 'toggle-login', isOn: startAtLogin });
	});

	it('supports Indonesian', () => {
		expect(labels(facts({ service: RUNNING }), 'id')).toContain('Hentikan layanan');
		expect(trayTooltip(facts({ service: RUNNING }), getDesktopText('id'))).toBe(
			'Fingerprint Service\nws://localhost:8080\nTidak ada pemindai yang terpasang',
		);
	});
});

describe('interruptedByStop', () => {
	it.each<[Partial<TrayFacts>, readonly string[]]>([
		[{ service: RUNNING, readers: [IDLE] }, []],
		[{ service: RUNNING, connections: 1 }, ['1 page or program is connected and will be disconnected.']],
		[
			{ service: RUNNING, readers: [BUSY, IDLE, BUSY], connections: 2 },
			[
				'2 pages or programs are connected and will be disconnected.',
				'2 scans are running and will end without a result.',
			],
		],
		[{ service: { phase: 'stopping' }, readers: [BUSY], connections: 1 }, []],
	])('for %j', (given, lines) => {
		expect(interruptedByStop(facts(given), english)).toEqual(lines);
	});
});

function facts(given: Partial<TrayFacts> = {}): TrayFacts {
	return { service: { phase: 'stopped' }, readers: [], connections: 0, startAtLogin: true, ...given };
}

function reader(status: ReaderView['status']): ReaderView {
	const identity = { id: 'device-001', model: 'SLK20R', serialNumber: '0001', firmwareVersion: '1', driver: 'hid' };
	return { ...identity, isVirtual: false, status };
}

function labels(given: TrayFacts, language: 'en' | 'id' = 'en'): string[] {
	return trayMenu(given, getDesktopText(language)).map((entry) => (entry.kind === 'separator' ? '-' : entry.label));
}

function readerList(readers: readonly ReaderView[], service = RUNNING) {
	const entry = trayMenu(facts({ service, readers }), english).find(({ kind }) => kind === 'list');
	return entry?.kind === 'list' ? entry.lines : undefined;
}
