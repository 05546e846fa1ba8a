import { describe, expect, it } from 'vitest';
import { loadSettings } from '../config/settings.ts';
import type { ReaderDriverEvents } from '../devices/reader.ts';
import { FakeDriver, FakeReader } from '../devices/testing/fake-driver.ts';
import { ServiceError } from '../protocol/errors.ts';
import { describeReaders } from './describe-readers.ts';

/** Sees `readers` once it has asked around. */
class SeekingFakeDriver extends FakeDriver {
	readonly readers: readonly FakeReader[];
	notes: string[] = [];
	starts = 0;
	stops = 0;

	constructor(...readers: FakeReader[]) {
		super();
		this.readers = readers;
	}

	override async start(events: ReaderDriverEvents): Promise<void> {
		this.starts++;
		await super.start(events);
	}

	override async stop(): Promise<void> {
		this.stops++;
		await super.stop();
	}

	async waitForAnswers(): Promise<string[]> {
		for (const reader of this.readers) this.plug(reader);
		return this.notes;
	}
}

const VIRTUAL = 'Virtual SLK20R VIRTUAL-0001, Virtual SLK20R VIRTUAL-0002';
const { settings } = await loadSettings({ dataDir: '/nowhere', env: {} });

describe('describeReaders', () => {
	it('names what the drivers see, and opens and closes each real reader once', async () => {
		const reader = new FakeReader();
		const driver = new SeekingFakeDriver(reader);
		expect(await describeReaders(settings, { isServiceRunning: false, createHidDriver: async () => driver })).toBe(
			`${VIRTUAL}, Fake reader FAKE-1`,
		);
		expect(reader.calls).toEqual(['open', 'close']);
		expect(driver.stops).toBe(1);
	});

	it('says of each reader that does not work what to do, and lets go of it', async () => {
		const refused = new FakeReader({ serialNumber: 'A' });
		refused.onOpen = () => Promise.reject(new ServiceError('DEVICE_INIT_FAILED', { message: 'No permission' }));
		const driver = new SeekingFakeDriver(refused, new FakeReader({ serialNumber: 'B' }));
		const described = describeReaders(settings, { isServiceRunning: false, createHidDriver: async () => driver });
		await expect(described).rejects.toMatchObject({
			error: 'DEVICE_INIT_FAILED',
			message: 'Fake reader A: No permission',
		});
		expect(refused.calls).toEqual(['open', 'close']);
		expect(driver.stops).toBe(1);
	});

	it('tells of devices that are left alone', async () => {
		const driver = new SeekingFakeDriver();
		driver.notes = ['HID device 10c4:ea80 is left alone'];
		const described = await describeReaders(settings, { isServiceRunning: false, createHidDriver: async () => driver });
		expect(described).toBe(`${VIRTUAL}; HID device 10c4:ea80 is left alone`);
	});

	it('leaves real readers to a running service', async () => {
		const driver = new SeekingFakeDriver(new FakeReader());
		const described = await describeReaders(settings, { isServiceRunning: true, createHidDriver: async () => driver });
		expect(described).toBe(`${VIRTUAL}, the real ones are left to the running service`);
		expect(driver.starts).toBe(0);
	});

	it('says when there are none', async () => {
		const withoutVirtual = { ...settings, virtual: { ...settings.virtual, enabled: false } };
		const createHidDriver = async () => undefined;
		expect(await describeReaders(withoutVirtual, { isServiceRunning: false, createHidDriver })).toBe('none');
	});
});
