import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../log/silent-logger.ts';
import { ServiceError } from '../../../protocol/errors.ts';
import { CLOCK_STEPS_MS, FakeClock } from '../../../time/testing/fake-clock.ts';
import type { Reader } from '../../reader.ts';
import { zkFingerError } from './library/zkfinger-codes.ts';
import type { FoundReader } from './process/zkfinger-messages.ts';
import { FakeZkFingerConnection } from './testing/fake-zkfinger-client.ts';
import type { UsbDevice, UsbPresence } from './usb/usb-presence.ts';
import { ZkFingerDriver } from './zkfinger-driver.ts';

const FIRST: UsbDevice = { address: '1-4', productId: 0x0120 };
const SECOND: UsbDevice = { address: '1-5', productId: 0x0124 };
const TERMINAL: UsbDevice = { address: '1-6', productId: 0x9999 };
const A1: FoundReader = { serialNumber: 'A1', model: 'SLK20R' };
const B2: FoundReader = { serialNumber: 'B2', model: 'ZK9500' };
const MISSING = new ServiceError('DEVICE_INIT_FAILED', { message: 'libzkfp.so cannot be loaded' });

/** A list of USB devices that the test changes. */
class FakeUsbPresence implements UsbPresence {
	devices: readonly UsbDevice[] | undefined = [];
	failure: Error | undefined;
	hint = () => {};

	async list(): Promise<readonly UsbDevice[] | undefined> {
		if (this.failure) throw this.failure;
		return this.devices;
	}

	watch(onHint: () => void): () => void {
		this.hint = onHint;
		return () => {
			this.hint = () => {};
		};
	}
}

function createDriver({ libraryPath = '' } = {}) {
	const fixture = { clock: new FakeClock(), presence: new FakeUsbPresence(), connection: new FakeZkFingerConnection() };
	const events: unknown[] = [];
	const readers: Reader[] = [];
	const logged: string[] = [];
	let lose: (error: ServiceError) => void = () => {};
	const driver = new ZkFingerDriver({
		...fixture,
		logger: { ...silentLogger, info: (message) => logged.push(message) },
		libraryPath,
		connect: (onLost) => {
			lose = onLost;
			return fixture.connection;
		},
	});
	const start = async () => {
		await driver.start({
			arrived: (reader) => {
				readers.push(reader);
				events.push(['arrived', reader.info.serialNumber]);
			},
			departed: (reader, reason) => events.push(['departed', reader.info.serialNumber, reason]),
			faulted: (reader, error) => events.push(['faulted', reader.info.serialNumber, error.error]),
			crashed: (error) => events.push(['crashed', error.error]),
		});
		await setImmediate();
	};
	/** Changes the USB devices, and the readers that the library finds. */
	const plug = async (devices: readonly UsbDevice[] | undefined, found: readonly FoundReader[]) => {
		fixture.presence.devices = devices;
		fixture.connection.readers = found;
		fixture.presence.hint();
		await setImmediate();
	};
	return { ...fixture, driver, events, readers, logged, start, plug, lose: (error: ServiceError) => lose(error) };
}

async function startWithReader() {
	const fixture = createDriver();
	await fixture.start();
	await fixture.plug([FIRST], [A1]);
	const [reader] = fixture.readers;
	if (reader === undefined) throw new Error('The reader has not arrived');
	await reader.open();
	return { ...fixture, reader };
}

describe('ZkFingerDriver', () => {
	it('does not load the library while no reader is plugged in', async () => {
		const { start, plug, connection, events } = createDriver();
		await start();
		await plug([], []);
		expect(connection.requests).toEqual([]);
		expect(events).toEqual([]);
	});

	it('reports a reader that is plugged in, and immediately its departure', async () => {
		const { reader, plug, events, connection } = await startWithReader();
		const waiting = expect(reader.nextTouch(new AbortController().signal)).rejects.toMatchObject({
			error: 'DEVICE_DISCONNECTED',
		});
		await plug([], []);
		await waiting;
		expect(events).toEqual([
			['arrived', 'A1'],
			['departed', 'A1', 'Device unplugged'],
		]);
		expect(connection.requests).toEqual(['load', 'scan', 'open A1']);
	});

	it('reports a replugged reader as a new one, also after a quick replug', async () => {
		const { plug, events, readers } = await startWithReader();
		await plug([{ ...FIRST, address: '1-7' }], [A1]);
		expect(events.slice(1)).toEqual([
			['departed', 'A1', 'Device unplugged'],
			['arrived', 'A1'],
		]);
		expect(readers[1]).not.toBe(readers[0]);
	});

	it('restarts the library only when a device was plugged in or out', async () => {
		const { presence, connection, plug } = await startWithReader();
		for (let hint = 0; hint < 5; hint++) presence.hint();
		await setImmediate();
		expect(connection.count('scan')).toBe(1);
		await plug([FIRST, SECOND], [A1, B2]);
		await plug([SECOND], [B2]);
		expect(connection.count('scan')).toBe(3);
	});

	it('keeps the readers that are still plugged in', async () => {
		const { plug, events } = await startWithReader();
		await plug([FIRST, SECOND], [A1, B2]);
		await plug([SECOND], [B2]);
		expect(events.slice(1)).toEqual([
			['arrived', 'B2'],
			['departed', 'A1', 'Device unplugged'],
		]);
	});

	it('does not restart the library while a call waits for a finger, but directly afterwards', async () => {
		const { reader, plug, connection, events } = await startWithReader();
		const scan = new AbortController();
		const waiting = reader.nextTouch(scan.signal);
		await plug([FIRST, SECOND], [A1, B2]);
		expect(connection.count('scan')).toBe(1);
		scan.abort();
		await expect(waiting).rejects.toThrow();
		await setImmediate();
		expect(events.at(-1)).toEqual(['arrived', 'B2']);
	});

	it('reports a failed capture as unplugged when the USB device is gone', async () => {
		const { reader, plug, presence, connection, clock, events } = await startWithReader();
		await plug([FIRST, SECOND], [A1, B2]);
		connection.failures.capture = [zkFingerError('ZKFPM_AcquireFingerprintImage', -17)];
		const waiting = expect(reader.nextTouch(new AbortController().signal)).rejects.toMatchObject({
			error: 'DEVICE_DISCONNECTED',
		});
		presence.devices = [SECOND];
		connection.readers = [B2];
		await setImmediate();
		clock.advance(50);
		await waiting;
		presence.hint();
		await setImmediate();
		expect(events.at(-1)).toEqual(['departed', 'A1', 'Device unplugged']);
	});

	it('reports a fault when a capture fails and no device was unplugged', async () => {
		const { reader, connection, clock, events } = await startWithReader();
		connection.failures.capture = [zkFingerError('ZKFPM_AcquireFingerprintImage', -17)];
		const waiting = expect(reader.nextTouch(new AbortController().signal)).rejects.toMatchObject({
			details: { code: -17 },
		});
		await setImmediate();
		clock.advance(50);
		await waiting;
		expect(events.at(-1)).toEqual(['faulted', 'A1', 'DEVICE_INIT_FAILED']);
	});

	it('scans again when a reader does not open', async () => {
		const { reader, connection, events } = await startWithReader();
		connection.failures.open = [new ServiceError('DEVICE_INIT_FAILED')];
		connection.readers = [B2];
		await expect(reader.open()).rejects.toMatchObject({ error: 'DEVICE_INIT_FAILED' });
		await setImmediate();
		expect(events.slice(1)).toEqual([
			['departed', 'A1', 'Device unplugged'],
			['arrived', 'B2'],
		]);
	});

	it('reports every reader as faulted when the library crashes or hangs', async () => {
		const { reader, lose, events } = await startWithReader();
		const waiting = expect(reader.nextTouch(new AbortController().signal)).rejects.toMatchObject({
			error: 'DEVICE_TIMEOUT',
		});
		lose(new ServiceError('DEVICE_TIMEOUT'));
		await waiting;
		expect(events.at(-1)).toEqual(['faulted', 'A1', 'DEVICE_TIMEOUT']);
	});

	it('keeps working readers when the library cannot be restarted, and tries again', async () => {
		const { connection, plug, presence, events } = await startWithReader();
		connection.failures.scan = [zkFingerError('ZKFPM_Init', -1)];
		await plug([FIRST, SECOND], [A1, B2]);
		expect(events.at(-1)).toEqual(['faulted', 'A1', 'DEVICE_INIT_FAILED']);
		presence.hint();
		await setImmediate();
		expect(events.at(-1)).toEqual(['arrived', 'B2']);
	});

	it('retries Init when it fails directly after a replug', async () => {
		const { start, plug, connection, clock, events } = createDriver();
		await start();
		connection.failures.scan = [150, 300, 450].map(() => zkFingerError('ZKFPM_Init', -2));
		await plug([FIRST], [A1]);
		for (const pauseMs of [150, 300, 450]) {
			expect(events).toEqual([]);
			clock.advance(pauseMs);
			await setImmediate();
		}
		expect(events).toEqual([['arrived', 'A1']]);
	});

	it('retries when the library does not find a plugged-in reader, then reports that', async () => {
		const { start, plug, connection, clock, events, readers } = createDriver();
		await start();
		await plug([FIRST], []);
		for (const pauseMs of [150, 300, 450]) {
			expect(events).toEqual([]);
			clock.advance(pauseMs);
			await setImmediate();
		}
		expect(events).toEqual([['arrived', 'zkfinger-overlooked']]);
		await expect(readers[0]?.open()).rejects.toThrow('does not find it');
		connection.readers = [A1];
		await expect(readers[0]?.open()).rejects.toThrow('does not find it');
		await setImmediate();
		expect(events.slice(1)).toEqual([
			['departed', 'zkfinger-overlooked', 'The fault is resolved'],
			['arrived', 'A1'],
		]);
		expect(clock.pending).toBe(0);
	});

	it('does not expect the library to find an attendance terminal', async () => {
		const { start, plug, connection, events } = createDriver();
		await start();
		await plug([TERMINAL], []);
		expect(connection.count('scan')).toBe(1);
		expect(events).toEqual([]);
	});

	it('reports a crash when USB devices can no longer be listed', async () => {
		const { start, presence, events } = createDriver();
		await start();
		presence.failure = new Error('cfgmgr32');
		presence.hint();
		await setImmediate();
		expect(events).toEqual([['crashed', 'INTERNAL_ERROR']]);
	});

	it('works again after a stop, and reports nothing in between', async () => {
		const { driver, start, plug, connection, events, presence } = await startWithReader();
		presence.devices = undefined;
		await driver.stop();
		await driver.stop();
		expect(connection.isClosed).toBe(true);
		await plug([FIRST], [A1]);
		expect(events).toHaveLength(1);
		await start();
		expect(events).toEqual([
			['arrived', 'A1'],
			['arrived', 'A1'],
		]);
	});

	it('reports nothing after stop was called', async () => {
		const { driver, start, plug, connection, events } = createDriver();
		await start();
		let release = () => {};
		const until = new Promise<void>((resolve) => {
			release = resolve;
		});
		connection.held = { type: 'scan', until };
		await plug([FIRST], [A1]);
		const stopped = driver.stop();
		release();
		await stopped;
		expect(events).toEqual([]);
	});
});

describe('ZkFingerDriver without a library', () => {
	it('logs that once and reports nothing while no supported reader is plugged in', async () => {
		const { start, plug, connection, events, logged, presence } = createDriver();
		connection.failures.load = [MISSING];
		await start();
		await plug([TERMINAL], []);
		presence.hint();
		await setImmediate();
		expect(logged).toEqual(['ZKFinger readers are not available: their library is not installed']);
		expect(events).toEqual([]);
	});

	it('reports a plugged-in reader as unavailable', async () => {
		const { start, plug, connection, readers } = createDriver();
		connection.failures.load = [MISSING];
		await start();
		await plug([FIRST], []);
		expect(readers.map(({ info }) => info)).toMatchObject([{ serialNumber: 'zkfinger-library', model: 'SLK20R' }]);
		await expect(readers[0]?.open()).rejects.toMatchObject({ message: MISSING.message });
		await expect(readers[0]?.nextTouch(new AbortController().signal)).rejects.toMatchObject({
			error: 'DEVICE_INIT_FAILED',
		});
	});

	it('reports an unavailable reader when the configured library cannot be loaded', async () => {
		const { start, connection, readers, events } = createDriver({ libraryPath: '/opt/libzkfp.so' });
		connection.failures.load = [MISSING];
		await start();
		expect(events).toEqual([['arrived', 'zkfinger-library']]);
		await expect(readers[0]?.open()).rejects.toMatchObject({ message: MISSING.message });
		expect(connection.count('load')).toBe(1);
	});

	it('reports the readers instead once the library works when opened', async () => {
		const { start, connection, readers, events } = createDriver({ libraryPath: '/opt/libzkfp.so' });
		connection.failures.load = [MISSING];
		connection.readers = [A1];
		await start();
		for (let opening = 0; opening < 2; opening++) await expect(readers[0]?.open()).rejects.toThrow();
		await setImmediate();
		expect(events.slice(1)).toEqual([
			['departed', 'zkfinger-library', 'The fault is resolved'],
			['arrived', 'A1'],
		]);
	});

	it('reports the latest reason', async () => {
		const { start, connection, readers, events } = createDriver({ libraryPath: '/opt/libzkfp.so' });
		const later = new ServiceError('DEVICE_INIT_FAILED', { message: 'of another SDK' });
		connection.failures.load = [MISSING, later, later];
		await start();
		for (let opening = 0; opening < 2; opening++) await expect(readers[0]?.open()).rejects.toThrow(MISSING.message);
		await setImmediate();
		await expect(readers[0]?.open()).rejects.toThrow('of another SDK');
		expect(events).toHaveLength(1);
	});

	it('treats a failed Init as a fault only if a reader is plugged in', async () => {
		const { start, plug, connection, events } = createDriver({ libraryPath: '/opt/libzkfp.so' });
		const failure = zkFingerError('ZKFPM_Init', -1);
		connection.failures.scan = [failure, failure, failure];
		await start();
		expect(events).toEqual([]);
		await plug([FIRST], []);
		await plug([], []);
		expect(events).toEqual([
			['arrived', 'zkfinger-library'],
			['departed', 'zkfinger-library', 'Device unplugged'],
		]);
	});
});

describe('ZkFingerDriver where USB devices cannot be listed', () => {
	async function startWithoutUsbList(libraryPath: string) {
		const fixture = createDriver({ libraryPath });
		fixture.presence.devices = undefined;
		await fixture.start();
		return fixture;
	}

	it('does not load a library that is not configured', async () => {
		const { plug, connection, clock } = await startWithoutUsbList('');
		clock.advance(10_000);
		await plug(undefined, [A1]);
		expect(connection.requests).toEqual([]);
	});

	it('scans with a configured library every 10 s until it finds a reader, and not afterwards', async () => {
		const { plug, connection, clock, events } = await startWithoutUsbList('/opt/libzkfp.so');
		await plug(undefined, [A1]);
		expect(events).toEqual([]);
		clock.advance(10_000);
		await plug(undefined, [A1]);
		expect(events).toEqual([['arrived', 'A1']]);
		clock.advance(10_000);
		await plug(undefined, [A1, B2]);
		expect(connection.count('scan')).toBe(2);
	});

	it.each(CLOCK_STEPS_MS)('scans as often when the wall clock is set by %i ms', async (stepMs) => {
		const { plug, connection, clock } = await startWithoutUsbList('/opt/libzkfp.so');
		clock.stepWallClock(stepMs);
		await plug(undefined, []);
		expect(connection.count('scan')).toBe(1);
		clock.advance(10_000);
		await plug(undefined, []);
		expect(connection.count('scan')).toBe(2);
	});
});
