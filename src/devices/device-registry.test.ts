import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger as logger } from '../log/silent-logger.ts';
import { ServiceError } from '../protocol/errors.ts';
import { FakeClock } from '../time/testing/fake-clock.ts';
import { DeviceIds } from './device-ids.ts';
import { DeviceRegistry } from './device-registry.ts';
import { FakeDriver, FakeReader } from './testing/fake-driver.ts';

let dataDir: string;
let clock: FakeClock;
let driver: FakeDriver;
let registry: DeviceRegistry;
let events: string[];

beforeEach(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'device-registry-'));
	clock = new FakeClock();
	driver = new FakeDriver();
	const ids = await DeviceIds.open({ dataDir, logger });
	registry = new DeviceRegistry({ drivers: [driver], ids, clock, logger });
	events = [];
	registry.on('connected', (device) => events.push(`connected ${device.id} ${device.status}`));
	registry.on('disconnected', (device, reason) => events.push(`disconnected ${device.id} ${reason}`));
	registry.on('status', (device, previous) => events.push(`${device.id} ${previous}->${device.status}`));
	registry.on('lost', (id, error) => events.push(`lost ${id} ${error.code}`));
	await registry.start();
});

afterEach(async () => {
	await registry.stop();
	expect(clock.pending).toBe(0);
	await rm(dataDir, { recursive: true });
});

/** Waits until all promises have settled that wait only for other promises. */
async function settle(): Promise<void> {
	await setImmediate();
}

describe('DeviceRegistry', () => {
	it('reports a reader, opens it, and reports when it is ready', async () => {
		const reader = driver.plug(new FakeReader());
		await settle();
		expect(events).toEqual(['connected device-001 connected', 'device-001 connected->idle']);
		expect(reader.calls).toEqual(['open']);
		expect(registry.list()).toEqual([{ id: 'device-001', info: reader.info, status: 'idle' }]);
	});

	it('lists readers by the number in their id, also above 999', async () => {
		const devices = ['device-1000', 'device-101'].map((id) => ({ id, driver: 'fake', serialNumber: id }));
		await writeFile(join(dataDir, 'devices.json'), JSON.stringify({ devices }));
		const other = new DeviceRegistry({
			drivers: [driver],
			ids: await DeviceIds.open({ dataDir, logger }),
			clock,
			logger,
		});
		await other.start();
		for (const { serialNumber } of devices) driver.plug(new FakeReader({ serialNumber }));
		expect(other.list().map(({ id }) => id)).toEqual(['device-101', 'device-1000']);
		await other.stop();
	});

	it('leases a reader to one scan at a time', async () => {
		driver.plug(new FakeReader());
		await settle();
		const lease = registry.acquire('device-001');
		expect(() => registry.acquire('device-001')).toThrow(expect.objectContaining({ code: 1002 }));
		lease.release();
		lease.release();
		registry.acquire('device-001').release();
		expect(events.slice(2)).toEqual([
			'device-001 idle->busy',
			'device-001 busy->idle',
			'device-001 idle->busy',
			'device-001 busy->idle',
		]);
	});

	it('refuses to lease an unknown reader', () => {
		expect(() => registry.acquire('device-001')).toThrow(expect.objectContaining({ code: 1001 }));
	});

	it('reports an unplugged reader to its scan first, and closes the reader once', async () => {
		const reader = driver.plug(new FakeReader());
		await settle();
		const lease = registry.acquire('device-001');
		driver.unplug(reader);
		lease.release();
		await settle();
		expect(events.slice(3)).toEqual(['lost device-001 1003', 'disconnected device-001 Device unplugged']);
		expect(reader.calls).toEqual(['open', 'close']);
		expect(registry.list()).toEqual([]);
	});

	it('gives a replugged reader the same id', async () => {
		const reader = driver.plug(new FakeReader({ serialNumber: 'A' }));
		driver.plug(new FakeReader({ serialNumber: 'B' }));
		driver.unplug(reader);
		driver.plug(new FakeReader({ serialNumber: 'A' }));
		expect(registry.list().map((device) => [device.id, device.info.serialNumber])).toEqual([
			['device-001', 'A'],
			['device-002', 'B'],
		]);
		expect(registry.identify('device-001')).toEqual({ driver: 'fake', serialNumber: 'A' });
	});

	it('replaces a reader whose departure was not reported', async () => {
		const previous = driver.plug(new FakeReader());
		await settle();
		driver.plug(new FakeReader());
		await settle();
		expect(previous.calls).toEqual(['open', 'close']);
		expect(registry.list()).toHaveLength(1);
		driver.unplug(previous);
		expect(registry.list()).toHaveLength(1);
	});

	it('keeps retrying a reader that does not open, and reports the error once', async () => {
		const reader = new FakeReader();
		reader.onOpen = async () => {
			throw new ServiceError('DEVICE_INIT_FAILED');
		};
		driver.plug(reader);
		await settle();
		expect(() => registry.acquire('device-001')).toThrow(expect.objectContaining({ code: 1004 }));
		clock.advance(1_000);
		await settle();
		reader.onOpen = async () => {};
		clock.advance(1_999);
		await settle();
		expect(registry.get('device-001')?.status).toBe('error');
		clock.advance(1);
		await settle();
		expect(events).toEqual(['connected device-001 connected', 'device-001 connected->error', 'device-001 error->idle']);
		expect(reader.calls).toEqual(['open', 'close', 'open', 'close', 'open']);
	});

	it('ends the lease of a faulty reader, closes it and opens it again', async () => {
		const reader = driver.plug(new FakeReader());
		await settle();
		const lease = registry.acquire('device-001');
		driver.fault(reader, new ServiceError('DEVICE_TIMEOUT'));
		lease.release();
		await settle();
		clock.advance(1_000);
		await settle();
		expect(events.slice(3)).toEqual(['device-001 busy->error', 'lost device-001 1005', 'device-001 error->idle']);
		expect(reader.calls).toEqual(['open', 'close', 'open']);
	});

	it('closes a reader that was unplugged while it was opening', async () => {
		const reader = new FakeReader();
		let opened = () => {};
		reader.onOpen = () => new Promise((resolve) => (opened = resolve));
		driver.plug(reader);
		await settle();
		driver.unplug(reader);
		await settle();
		expect(reader.calls).toEqual(['open']);
		opened();
		await settle();
		expect(reader.calls).toEqual(['open', 'close']);
		expect(events).not.toContain('device-001 connected->idle');
	});

	it('reopens a reader that reported a fault while it was opening', async () => {
		const reader = new FakeReader();
		let opened = () => {};
		reader.onOpen = () => new Promise((resolve) => (opened = resolve));
		driver.plug(reader);
		await settle();
		driver.fault(reader, new ServiceError('DEVICE_TIMEOUT'));
		await settle();
		expect(reader.calls).toEqual(['open']);
		opened();
		await settle();
		expect(registry.get('device-001')?.status).toBe('error');
		reader.onOpen = async () => {};
		clock.advance(1_000);
		await settle();
		expect(reader.calls).toEqual(['open', 'close', 'open']);
		expect(registry.get('device-001')?.status).toBe('idle');
	});

	describe('while a faulty reader closes slowly', () => {
		let reader: FakeReader;
		let closed: () => void;

		beforeEach(async () => {
			reader = driver.plug(new FakeReader());
			await settle();
			reader.onClose = () => new Promise((resolve) => (closed = resolve));
			driver.fault(reader, new ServiceError('DEVICE_TIMEOUT'));
			await settle();
			reader.onClose = async () => {};
		});

		it('starts the delay only when the reader is closed', async () => {
			clock.advance(60_000);
			await settle();
			expect(reader.calls).toEqual(['open', 'close']);
			closed();
			await settle();
			clock.advance(1_000);
			await settle();
			expect(reader.calls).toEqual(['open', 'close', 'open']);
		});

		it('schedules one attempt to open it, also after several faults', async () => {
			driver.fault(reader, new ServiceError('DEVICE_TIMEOUT'));
			closed();
			await settle();
			expect(clock.pending).toBe(1);
		});

		it.each([
			['unplugged', async () => driver.unplug(reader)],
			['stopped', () => registry.stop()],
		])('does not open it again when %s', async (_how, leave) => {
			const left = leave();
			closed();
			await left;
			await settle();
			expect(clock.pending).toBe(0);
			expect(reader.calls).toEqual(['open', 'close']);
		});
	});

	it('works without a driver that cannot start', async () => {
		const broken = {
			name: 'broken',
			start: async () => {
				throw new Error('library is missing');
			},
			stop: async () => {},
			describe: () => new FakeDriver().describe(),
		};
		const ids = await DeviceIds.open({ dataDir, logger });
		const working = new FakeDriver();
		const other = new DeviceRegistry({ drivers: [broken, working], ids, clock, logger });
		await other.start();
		working.plug(new FakeReader());
		expect(other.list()).toHaveLength(1);
		await other.stop();
	});

	it('closes every reader even when a driver does not stop', async () => {
		const reader = driver.plug(new FakeReader());
		await settle();
		driver.stop = async () => {
			throw new Error('library has crashed');
		};
		await registry.stop();
		expect(reader.calls).toEqual(['open', 'close']);
	});

	it('closes the other readers when a reader hangs', async () => {
		const hanging = new FakeReader({ serialNumber: 'A' });
		hanging.onClose = () => new Promise(() => {});
		driver.plug(hanging);
		const reader = driver.plug(new FakeReader({ serialNumber: 'B' }));
		await settle();
		const stopped = registry.stop();
		await settle();
		clock.advance(8_000);
		await stopped;
		expect(reader.calls).toEqual(['open', 'close']);
	});

	it('reports a reader that does not open within 20 s, and retries once that attempt has ended', async () => {
		const reader = new FakeReader();
		let opened = () => {};
		reader.onOpen = () => new Promise((resolve) => (opened = resolve));
		driver.plug(reader);
		await settle();
		clock.advance(20_000);
		await settle();
		expect(registry.get('device-001')).toMatchObject({ status: 'error', error: { error: 'DEVICE_TIMEOUT' } });
		expect(reader.calls).toEqual(['open']);
		reader.onOpen = async () => {};
		opened();
		await settle();
		clock.advance(1_000);
		await settle();
		expect(reader.calls).toEqual(['open', 'close', 'open']);
		expect(registry.get('device-001')?.status).toBe('idle');
	});

	it('provides the error of a reader exactly while its status is error', async () => {
		const reader = driver.plug(new FakeReader());
		await settle();
		const error = new ServiceError('DEVICE_TIMEOUT');
		driver.fault(reader, error);
		expect(registry.get('device-001')?.error).toBe(error);
		await settle();
		clock.advance(1_000);
		await settle();
		expect(registry.get('device-001')).toMatchObject({ status: 'idle', error: undefined });
	});

	it('records when a reader was last acquired, touched and released', async () => {
		const reader = driver.plug(new FakeReader());
		await settle();
		const times: (number | undefined)[] = [];
		const note = () => {
			times.push(registry.get('device-001')?.lastActivityAt);
			clock.advance(1_000);
		};
		const start = clock.now();
		note();
		const lease = registry.acquire('device-001');
		note();
		const touched = lease.reader.nextTouch(new AbortController().signal);
		reader.answer();
		await touched;
		note();
		lease.release();
		note();
		expect(times).toEqual([undefined, start + 1_000, start + 2_000, start + 3_000]);
	});

	it('reopens a reader after a failed call, even if its driver reports no fault', async () => {
		const reader = driver.plug(new FakeReader());
		await settle();
		const lease = registry.acquire('device-001');
		const touched = lease.reader.nextTouch(new AbortController().signal);
		reader.fail(new ServiceError('DEVICE_TIMEOUT'));
		await expect(touched).rejects.toMatchObject({ error: 'DEVICE_TIMEOUT' });
		lease.release();
		await settle();
		clock.advance(1_000);
		await settle();
		expect(events.slice(3)).toEqual(['device-001 busy->error', 'lost device-001 1005', 'device-001 error->idle']);
	});

	it.each(['nextTouch', 'waitForLift'] as const)(
		'rejects when %s of a reader throws instead of rejecting',
		async (call) => {
			const reader = driver.plug(new FakeReader());
			await settle();
			const lease = registry.acquire('device-001');
			reader[call] = () => {
				throw new ServiceError('DEVICE_TIMEOUT');
			};
			await expect(lease.reader[call](new AbortController().signal)).rejects.toMatchObject({ error: 'DEVICE_TIMEOUT' });
			expect(registry.get('device-001')?.status).toBe('error');
		},
	);

	it('ignores the release of a lease that has ended', async () => {
		driver.plug(new FakeReader());
		await settle();
		const earlier = registry.acquire('device-001');
		earlier.release();
		registry.acquire('device-001');
		earlier.release();
		expect(registry.get('device-001')?.status).toBe('busy');
	});

	it('removes the readers of a crashed driver, and reports them again after a delay', async () => {
		const reader = driver.plug(new FakeReader());
		await settle();
		registry.acquire('device-001');
		driver.crash(new ServiceError('DEVICE_INIT_FAILED'));
		await settle();
		expect(events.slice(3)).toEqual([
			'lost device-001 1003',
			'disconnected device-001 The driver of the reader has crashed',
		]);
		expect(reader.calls).toEqual(['open', 'close']);
		clock.advance(1_000);
		await settle();
		driver.plug(new FakeReader());
		expect(registry.list()).toHaveLength(1);
	});

	it('can be started again after a stop', async () => {
		await registry.stop();
		await registry.start();
		driver.plug(new FakeReader());
		await settle();
		expect(registry.get('device-001')?.status).toBe('idle');
	});

	describe('when the system sleeps', () => {
		it('ends the scan on a reader and closes it, and opens plugged-in readers on resume', async () => {
			const reader = driver.plug(new FakeReader());
			await settle();
			const lease = registry.acquire('device-001');
			const suspended = registry.suspend();
			lease.release();
			await suspended;
			expect(events.slice(3)).toEqual(['lost device-001 1003', 'disconnected device-001 System is going to sleep']);
			expect(reader.calls).toEqual(['open', 'close']);
			expect(registry.list()).toEqual([]);
			await registry.resume();
			driver.plug(new FakeReader());
			await settle();
			expect(registry.get('device-001')?.status).toBe('idle');
		});

		it.each<[string, ('start' | 'stop' | 'suspend' | 'resume')[], boolean]>([
			['runs after repeated calls', ['suspend', 'suspend', 'resume', 'resume'], true],
			['runs after resume without suspend', ['resume'], true],
			['is suspended when suspend is the last of concurrent calls', ['suspend', 'resume', 'suspend'], false],
			['stays stopped on resume', ['suspend', 'stop', 'resume'], false],
			['stays stopped on suspend and resume', ['stop', 'suspend', 'resume'], false],
			['does not start before resume', ['stop', 'suspend', 'start'], false],
			['starts on resume', ['stop', 'suspend', 'start', 'resume'], true],
			['starts again while it is still stopping', ['stop', 'start'], true],
		])('%s', async (_what, calls, isRunning) => {
			await Promise.all(calls.map((call) => registry[call]()));
			const plug = () => driver.plug(new FakeReader());
			if (isRunning) plug();
			else expect(plug).toThrow('Driver is not started');
			expect(registry.list()).toHaveLength(isRunning ? 1 : 0);
		});
	});
});
