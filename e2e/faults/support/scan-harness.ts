import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { DeviceIds } from '../../../src/devices/device-ids.ts';
import { DeviceRegistry } from '../../../src/devices/device-registry.ts';
import type { ReaderDriver } from '../../../src/devices/reader.ts';
import { FakeDriver, FakeReader } from '../../../src/devices/testing/fake-driver.ts';
import { createLogging } from '../../../src/log/logging.ts';
import { DEFAULT_SCAN_OPTIONS, type ScanOptions } from '../../../src/protocol/client-messages.ts';
import type { FingerprintEngine } from '../../../src/scans/fingerprint-engine.ts';
import {
	type ScanInfo,
	type ScanRequest,
	ScanService,
	type ScanServiceEvent,
} from '../../../src/scans/scan-service.ts';
import { FakeEngine } from '../../../src/server/testing/fake-engine.ts';
import { FakeClock } from '../../../src/time/testing/fake-clock.ts';

const OWNER = { connectionId: 'connection', keyId: 'key' };
/** Turns of the event loop after which everything that does not wait for the clock has happened. */
const TURNS = 20;
/** Longer than any time limit of readers, drivers and scans in the tests, ms. */
const LONG_MS = 40_000;

export interface ScanHarnessOptions {
	readonly engine?: FingerprintEngine;
	/** Started before the working one. */
	readonly drivers?: readonly ReaderDriver[];
}

/** Readers and scans without a server, on a fake clock, with one reader that works. */
export class ScanHarness {
	readonly clock = new FakeClock();
	readonly driver = new FakeDriver();
	readonly working = new FakeReader({ serialNumber: 'WORKING' });
	readonly registry: DeviceRegistry;
	readonly scans: ScanService;
	private readonly events: { scan: ScanInfo; event: ScanServiceEvent }[] = [];

	private constructor(ids: DeviceIds, { engine = new FakeEngine(), drivers = [] }: ScanHarnessOptions) {
		const { clock } = this;
		const logger = createLogging({ level: 'debug', clock }).createLogger('Fault');
		this.registry = new DeviceRegistry({ drivers: [...drivers, this.driver], ids, clock, logger });
		this.scans = new ScanService({ registry: this.registry, engine, clock, logger, scansPerMinute: 1_000 });
		this.scans.on('event', (scan, event) => this.events.push({ scan, event }));
	}

	static async start(options: ScanHarnessOptions = {}): Promise<ScanHarness> {
		const dataDir = await mkdtemp(join(tmpdir(), 'fingerprint-faults-'));
		onTestFinished(() => rm(dataDir, { recursive: true }));
		const logger = createLogging({ level: 'error' }).createLogger('DeviceIds');
		const harness = new ScanHarness(await DeviceIds.open({ dataDir, logger }), options);
		await harness.settle(harness.registry.start());
		harness.driver.plug(harness.working);
		await harness.settle();
		return harness;
	}

	/** Waits until only the clock can cause anything more, and, for a promise, moves the clock until it has settled. */
	async settle(work?: Promise<unknown>): Promise<void> {
		for (let turn = 0; turn < TURNS; turn++) await setImmediate();
		if (work === undefined) return;
		await this.pass(LONG_MS);
		await work;
	}

	/** Lets time pass in steps of a second. */
	async pass(ms: number): Promise<void> {
		for (let passed = 0; passed < ms; passed += 1_000) {
			this.clock.advance(1_000);
			await setImmediate();
			await setImmediate();
		}
	}

	idOf(serialNumber: string): string {
		return this.registry.list().find(({ info }) => info.serialNumber === serialNumber)?.id ?? 'none';
	}

	/** Scans on a reader until the scan can last no longer. @returns the terminal events, or the error that refused the scan */
	async scan(deviceId: string, options: Partial<ScanOptions> = {}): Promise<ScanServiceEvent[]> {
		const { id } = this.scans.start({ deviceId, options: { ...DEFAULT_SCAN_OPTIONS, ...options } }, OWNER);
		await this.settle();
		await this.pass(DEFAULT_SCAN_OPTIONS.timeout * (options.scansRequired ?? 1) + 1_000);
		return this.terminalEventsOf(id);
	}

	/** Touches the working reader. @returns the terminal events of the scan */
	async scanWorking(): Promise<ScanServiceEvent[]> {
		const { id } = this.scans.start({ deviceId: this.idOf('WORKING'), options: DEFAULT_SCAN_OPTIONS }, OWNER);
		await this.settle();
		this.working.answer();
		await this.settle();
		return this.terminalEventsOf(id);
	}

	/** Touches and lifts the working reader until its scan has ended, in real time. @returns the terminal events */
	async touchUntilEnd({
		options = {},
		candidates,
	}: Partial<Pick<ScanRequest, 'candidates'>> & { options?: Partial<ScanOptions> }) {
		const request = { deviceId: this.idOf('WORKING'), options: { ...DEFAULT_SCAN_OPTIONS, ...options } };
		const { id } = this.scans.start({ ...request, ...(candidates && { candidates }) }, OWNER);
		while (this.terminalEventsOf(id).length === 0) {
			await setTimeout(1);
			if (this.working.isWaiting) this.working.answer();
		}
		await this.settle();
		return this.terminalEventsOf(id);
	}

	private terminalEventsOf(scanId: string): ScanServiceEvent[] {
		const events = this.events.filter(({ scan }) => scan.id === scanId).map(({ event }) => event);
		return events.filter(({ type }) => !['scan:started', 'fingerprint:detected', 'scan:progress'].includes(type));
	}
}
