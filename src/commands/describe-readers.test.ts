import { beforeEach, describe, expect, it } from 'vitest';
import { settingsSchema } from '../config/settings-schema.ts';
import { createDrivers } from '../devices/drivers/create-drivers.ts';
import type { DriverDescription, ReaderDriver, ReaderDriverEvents } from '../devices/reader.ts';
import { FakeDriver, FakeReader } from '../devices/testing/fake-driver.ts';
import { silentLogger } from '../log/silent-logger.ts';
import { ServiceError } from '../protocol/errors.ts';
import { systemClock } from '../time/clock.ts';
import { describeReaders } from './describe-readers.ts';

/** Reports `readers` once it is asked for its description, as a driver does that must first ask its devices what they are. */
class ProbingFakeDriver extends FakeDriver {
	readonly readers: readonly FakeReader[];
	starts = 0;
	stops = 0;
	private isStarted = false;

	constructor(...readers: FakeReader[]) {
		super();
		this.readers = readers;
	}

	override async start(events: ReaderDriverEvents): Promise<void> {
		this.starts++;
		this.isStarted = true;
		await super.start(events);
	}

	override async stop(): Promise<void> {
		this.stops++;
		this.isStarted = false;
		await super.stop();
	}

	override async describe(): Promise<DriverDescription> {
		if (this.isStarted) for (const reader of this.readers) this.plug(reader);
		return super.describe();
	}
}

const VIRTUAL = 'Virtual SLK20R VIRTUAL-0001, Virtual SLK20R VIRTUAL-0002';
let virtual: ReaderDriver;

beforeEach(() => {
	const [driver] = createDrivers(settingsSchema.parse({}), {
		clock: systemClock,
		createLogger: () => silentLogger,
	}).enabled;
	if (driver === undefined) throw new Error('the virtual driver is missing');
	virtual = driver;
});

describe('describeReaders', () => {
	it('names the readers that the drivers find, and opens and closes each real reader once', async () => {
		const reader = new FakeReader();
		const driver = new ProbingFakeDriver(reader);
		expect(await describeReaders([virtual, driver], { isServiceRunning: false })).toBe(
			`${VIRTUAL}, Fake reader FAKE-1`,
		);
		expect(reader.calls).toEqual(['open', 'close']);
		expect(driver.stops).toBe(1);
	});

	it('reports why a reader does not work, and closes it', async () => {
		const refused = new FakeReader({ serialNumber: 'A' });
		refused.onOpen = () => Promise.reject(new ServiceError('DEVICE_INIT_FAILED', { message: 'No permission' }));
		const driver = new ProbingFakeDriver(refused, new FakeReader({ serialNumber: 'B' }));
		await expect(describeReaders([virtual, driver], { isServiceRunning: false })).rejects.toMatchObject({
			error: 'DEVICE_INIT_FAILED',
			message: 'Fake reader A: No permission',
		});
		expect(refused.calls).toEqual(['open', 'close']);
		expect(driver.stops).toBe(1);
	});

	it('reports devices that are ignored', async () => {
		const driver = new ProbingFakeDriver();
		driver.description = { ...driver.description, ignoredDevices: ['HID device 10c4:ea80 is not used'] };
		const described = await describeReaders([virtual, driver], { isServiceRunning: false });
		expect(described).toBe(`${VIRTUAL}; HID device 10c4:ea80 is not used`);
	});

	it('does not touch real readers while the service is running', async () => {
		const driver = new ProbingFakeDriver(new FakeReader());
		const described = await describeReaders([virtual, driver], { isServiceRunning: true });
		expect(described).toBe(`${VIRTUAL}, the running service uses the real ones`);
		expect(driver.starts).toBe(0);
	});

	it.each(['unavailable', 'not-installed'] as const)('does not start a driver that is %s', async (state) => {
		const driver = new ProbingFakeDriver(new FakeReader());
		driver.description = { ...driver.description, state };
		expect(await describeReaders([driver], { isServiceRunning: false })).toBe('none');
		expect(driver.starts).toBe(0);
	});

	it('says when there are none', async () => {
		expect(await describeReaders([], { isServiceRunning: false })).toBe('none');
	});
});
