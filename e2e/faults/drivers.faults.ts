import { describe, expect, it } from 'vitest';
import type { ReaderDriver, ReaderDriverEvents } from '../../src/devices/reader.ts';
import { FakeReader } from '../../src/devices/testing/fake-driver.ts';
import { ServiceError } from '../../src/protocol/errors.ts';
import { HostileReader, MISBEHAVIOURS, type Misbehaviour, READER_METHODS } from './support/hostile-reader.ts';
import { ScanHarness } from './support/scan-harness.ts';

/*
 * Drivers and readers that do anything but what their ports say. The scan on such a reader ends once, other readers work, and
 * everything stops.
 */

describe.each(READER_METHODS)('a reader whose %s', (method) => {
	it.each(MISBEHAVIOURS)('$name ends its scan once and disturbs no other reader', async (misbehaviour) => {
		const harness = await ScanHarness.start();
		harness.driver.plug(new HostileReader(method, misbehaviour));
		await harness.settle();
		const hostile = harness.idOf('HOSTILE');
		const ends = await harness.scan(hostile, { scansRequired: 2 }).catch((error: unknown) => [error]);
		expect(ends).toHaveLength(1);
		expect(await harness.scanWorking()).toMatchObject([{ type: 'scan:complete' }]);
		await harness.settle(harness.registry.stop());
		expect(harness.registry.list()).toEqual([]);
	});
});

class HostileDriver implements ReaderDriver {
	readonly name = 'hostile';
	events: ReaderDriverEvents | undefined;

	constructor(method: 'start' | 'stop', { act }: Misbehaviour) {
		this[method] = act;
	}

	async start(events: ReaderDriverEvents): Promise<void> {
		this.events = events;
	}

	async stop(): Promise<void> {}

	async describe() {
		return { driver: this.name, state: 'working' as const, isVirtual: false };
	}
}

describe.each(['start', 'stop'] as const)('a driver whose %s', (method) => {
	it.each(MISBEHAVIOURS)('$name disturbs no other reader', async (misbehaviour) => {
		const harness = await ScanHarness.start({ drivers: [new HostileDriver(method, misbehaviour)] });
		expect(await harness.scanWorking()).toMatchObject([{ type: 'scan:complete' }]);
		await harness.settle(harness.registry.suspend());
		await harness.settle(harness.registry.resume());
		await harness.settle(harness.registry.stop());
	});
});

/** Reports that no driver may make. */
const REPORTS: readonly (readonly [what: string, report: (events: ReaderDriverEvents) => void])[] = [
	['the departure of a reader that never arrived', (events) => events.departed(new FakeReader(), 'gone')],
	[
		'the fault of a reader that never arrived',
		(events) => events.faulted(new FakeReader(), new ServiceError('DEVICE_TIMEOUT')),
	],
	['one reader twice', (events) => reportTwice(events, (reader) => events.arrived(reader))],
	[
		'a crash with a huge message',
		(events) => events.crashed(new ServiceError('DEVICE_TIMEOUT', { message: 'x'.repeat(1e7) })),
	],
	[
		'two crashes',
		({ crashed }) => {
			crashed(new ServiceError('DEVICE_TIMEOUT'));
			crashed(new ServiceError('DEVICE_TIMEOUT'));
		},
	],
	[
		'a departure without a reason',
		(events) => reportTwice(events, (reader) => events.departed(reader, undefined as never)),
	],
];

function reportTwice({ arrived }: ReaderDriverEvents, report: (reader: FakeReader) => void): void {
	const reader = new FakeReader({ driver: 'hostile', serialNumber: 'H-1' });
	arrived(reader);
	report(reader);
	report(reader);
}

describe('a driver that reports', () => {
	it.each(REPORTS)('%s disturbs no other reader', async (_what, report) => {
		const driver = new HostileDriver('start', { name: 'none', act: undefined as never });
		driver.start = HostileDriver.prototype.start;
		const harness = await ScanHarness.start({ drivers: [driver] });
		if (driver.events === undefined) throw new Error('the driver is not started');
		report(driver.events);
		await harness.settle();
		expect(await harness.scanWorking()).toMatchObject([{ type: 'scan:complete' }]);
		await harness.settle(harness.registry.stop());
		report(driver.events);
		expect(harness.registry.list()).toEqual([]);
	});
});
