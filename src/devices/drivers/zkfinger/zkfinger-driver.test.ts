import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../log/silent-logger.ts';
import { ServiceError } from '../../../protocol/errors.ts';
import { FakeClock } from '../../../time/testing/fake-clock.ts';
import type { Reader } from '../../reader.ts';
import { zkFingerError } from './library/zkfinger-codes.ts';
import type { FoundReader } from './process/zkfinger-messages.ts';
import { FakeZkFingerLink } from './testing/fake-zkfinger-client.ts';
import type { UsbDevice, UsbPresence } from './usb/usb-presence.ts';
import { ZkFingerDriver } from './zkfinger-driver.ts';

const FIRST: UsbDevice = { address: '1-4', productId: 0x0120 };
const SECOND: UsbDevice = { address: '1-5', productId: 0x0124 };
const TERMINAL: UsbDevice = { address: '1-6', productId: 0x9999 };
const A1: FoundReader = { serialNumber: 'A1', model: 'SLK20R' };
const B2: FoundReader = { serialNumber: 'B2', model: 'ZK9500' };
const NOT_THERE = new ServiceError('DEVICE_INIT_FAILED', { message: 'libzkfp.so cannot be loaded' });

/** A bus in a test's hands. */
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
	const rig = { clock: new FakeClock(), presence: new FakeUsbPresence(), link: new FakeZkFingerLink() };
	const events: unknown[] = [];
	const readers: Reader[] = [];
	const logged: string[] = [];
	let lose: (error: ServiceError) => void = () => {};
	const driver = new ZkFingerDriver({
		...rig,
		logger: { ...silentLogger, info: (message) => logged.push(message) },
		libraryPath,
		connect: (onLost) => {
			lose = onLost;
			return rig.link;
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
	/** What is on the bus changes, and so does what the library would find. */
	const plug = async (devices: readonly UsbDevice[] | undefined, found: readonly FoundReader[]) => {
		rig.presence.devices = devices;
		rig.link.readers = found;
		rig.presence.hint();
		await setImmediate();
	};
	return { ...rig, driver, events, readers, logged, start, plug, lose: (error: ServiceError) => lose(error) };
}

async function startWithReader() {
	const rig = createDriver();
	await rig.start();
	await rig.plug([FIRST], [A1]);
	const [reader] = rig.readers;
	if (reader === undefined) throw new Error('The reader has not arrived');
	await reader.open();
	return { ...rig, reader };
}

describe('ZkFingerDriver', () => {
	it('does not even load the library while no reader is plugged in', async () => {
		const { start, plug, link, events } = createDriver();
		await start();
		await plug([], []);
		expect(link.requests).toEqual([]);
		expect(events).toEqual([]);
	});

	it('reports a reader that is plugged in, and its departure at once', async () => {
		const { reader, plug, events, link } = await startWithReader();
		const waiting = expect(reader.nextTouch(new AbortController().signal)).rejects.toMatchObject({
			error: 'DEVICE_DISCONNECTED',
		});
		await plug([], []);
		await waiting;
		expect(events).toEqual([
			['arrived', 'A1'],
			['departed', 'A1', 'Device unplugged'],
		]);
		expect(link.requests).toEqual(['load', 'scan', 'open A1']);
	});

	it('reports a replugged reader as a new one, however quick the hand', async () => {
		const { plug, events, readers } = await startWithReader();
		await plug([{ ...FIRST, address: '1-7' }], [A1]);
		expect(events.slice(1)).toEqual([
			['departed', 'A1', 'Device unplugged'],
			['arrived', 'A1'],
		]);
		expect(readers[1]).not.toBe(readers[0]);
	});

	it('starts the library afresh only when something came or went', async () => {
		const { presence, link, plug } = await startWithReader();
		for (let hint = 0; hint < 5; hint++) presence.hint();
		await setImmediate();
		expect(link.count('scan')).toBe(1);
		await plug([FIRST, SECOND], [A1, B2]);
		await plug([SECOND], [B2]);
		expect(link.count('scan')).toBe(3);
	});

	it('keeps the readers that are still there', async () => {
		const { plug, events } = await startWithReader();
		await plug([FIRST, SECOND], [A1, B2]);
		await plug([SECOND], [B2]);
		expect(events.slice(1)).toEqual([
			['arrived', 'B2'],
			['departed', 'A1', 'Device unplugged'],
		]);
	});

	it('does not start the library afresh while a finger is awaited, but right after it', async () => {
		const { reader, plug, link, events } = await startWithReader();
		const scan = new AbortController();
		const waiting = reader.nextTouch(scan.signal);
		await plug([FIRST, SECOND], [A1, B2]);
		expect(link.count('scan')).toBe(1);
		scan.abort();
		await expect(waiting).rejects.toThrow();
		await setImmediate();
		expect(events.at(-1)).toEqual(['arrived', 'B2']);
	});

	it('calls a failed look an unplugged reader when the bus says so', async () => {
		const { reader, plug, presence, link, clock, events } = await startWithReader();
		await plug([FIRST, SECOND], [A1, B2]);
		link.failures.capture = [zkFingerError('ZKFPM_AcquireFingerprintImage', -17)];
		const waiting = expect(reader.nextTouch(new AbortController().signal)).rejects.toMatchObject({
			error: 'DEVICE_DISCONNECTED',
		});
		presence.devices = [SECOND];
		link.readers = [B2];
		await setImmediate();
		clock.advance(50);
		await waiting;
		presence.hint();
		await setImmediate();
		expect(events.at(-1)).toEqual(['departed', 'A1', 'Device unplugged']);
	});

	it('reports a fault when a look fails and nothing was unplugged', async () => {
		const { reader, link, clock, events } = await startWithReader();
		link.failures.capture = [zkFingerError('ZKFPM_AcquireFingerprintImage', -17)];
		const waiting = expect(reader.nextTouch(new AbortController().signal)).rejects.toMatchObject({
			details: { code: -17 },
		});
		await setImmediate();
		clock.advance(50);
		await waiting;
		expect(events.at(-1)).toEqual(['faulted', 'A1', 'DEVICE_INIT_FAILED']);
	});

	it('looks again for a reader that does not open', async () => {
		const { reader, link, events } = await startWithReader();
		link.failures.open = [new ServiceError('DEVICE_INIT_FAILED')];
		link.readers = [B2];
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

	it('keeps readers that work when the library cannot be started afresh, and tries again', async () => {
		const { link, plug, presence, events } = await startWithReader();
		link.failures.scan = [zkFingerError('ZKFPM_Init', -1)];
		await plug([FIRST, SECOND], [A1, B2]);
		expect(events.at(-1)).toEqual(['faulted', 'A1', 'DEVICE_INIT_FAILED']);
		presence.hint();
		await setImmediate();
		expect(events.at(-1)).toEqual(['arrived', 'B2']);
	});

	it('tries Init again for a while when it fails right after a replug', async () => {
		const { start, plug, link, clock, events } = createDriver();
		await start();
		link.failures.scan = [150, 300, 450].map(() => zkFingerError('ZKFPM_Init', -2));
		await plug([FIRST], [A1]);
		for (const pauseMs of [150, 300, 450]) {
			expect(events).toEqual([]);
			clock.advance(pauseMs);
			await setImmediate();
		}
		expect(events).toEqual([['arrived', 'A1']]);
	});

	it('tries again for a while when the library finds nothing of what is plugged in, then shows that', async () => {
		const { start, plug, link, clock, events, readers } = createDriver();
		await start();
		await plug([FIRST], []);
		for (const pauseMs of [150, 300, 450]) {
			expect(events).toEqual([]);
			clock.advance(pauseMs);
			await setImmediate();
		}
		expect(events).toEqual([['arrived', 'zkfinger-overlooked']]);
		await expect(readers[0]?.open()).rejects.toThrow('does not find it');
		link.readers = [A1];
		await expect(readers[0]?.open()).rejects.toThrow('does not find it');
		await setImmediate();
		expect(events.slice(1)).toEqual([
			['departed', 'zkfinger-overlooked', 'Fault is over'],
			['arrived', 'A1'],
		]);
		expect(clock.pending).toBe(0);
	});

	it('does not expect the library to find a terminal', async () => {
		const { start, plug, link, events } = createDriver();
		await start();
		await plug([TERMINAL], []);
		expect(link.count('scan')).toBe(1);
		expect(events).toEqual([]);
	});

	it('reports as crashed when the system cannot tell what is plugged in any more', async () => {
		const { start, presence, events } = createDriver();
		await start();
		presence.failure = new Error('cfgmgr32');
		presence.hint();
		await setImmediate();
		expect(events).toEqual([['crashed', 'INTERNAL_ERROR']]);
	});

	it('works again after it was stopped, and reports nothing in between', async () => {
		const { driver, start, plug, link, events, presence } = await startWithReader();
		presence.devices = undefined;
		await driver.stop();
		await driver.stop();
		expect(link.isClosed).toBe(true);
		await plug([FIRST], [A1]);
		expect(events).toHaveLength(1);
		await start();
		expect(events).toEqual([
			['arrived', 'A1'],
			['arrived', 'A1'],
		]);
	});

	it('reports nothing that it finds after it was told to stop', async () => {
		const { driver, start, plug, link, events } = createDriver();
		await start();
		let release = () => {};
		const until = new Promise<void>((resolve) => {
			release = resolve;
		});
		link.held = { type: 'scan', until };
		await plug([FIRST], [A1]);
		const stopped = driver.stop();
		release();
		await stopped;
		expect(events).toEqual([]);
	});
});

describe('ZkFingerDriver without a library', () => {
	it('says so once and shows nothing, if no reader of the library is plugged in', async () => {
		const { start, plug, link, events, logged, presence } = createDriver();
		link.failures.load = [NOT_THERE];
		await start();
		await plug([TERMINAL], []);
		presence.hint();
		await setImmediate();
		expect(logged).toEqual(['No ZKFinger readers without their library']);
		expect(events).toEqual([]);
	});

	it('shows a reader that is plugged in as out of order', async () => {
		const { start, plug, link, readers } = createDriver();
		link.failures.load = [NOT_THERE];
		await start();
		await plug([FIRST], []);
		expect(readers.map(({ info }) => info)).toMatchObject([{ serialNumber: 'zkfinger-library', model: 'SLK20R' }]);
		await expect(readers[0]?.open()).rejects.toMatchObject({ message: NOT_THERE.message });
		await expect(readers[0]?.nextTouch(new AbortController().signal)).rejects.toMatchObject({
			error: 'DEVICE_INIT_FAILED',
		});
	});

	it('shows a library that was set and cannot be loaded as a reader out of order', async () => {
		const { start, link, readers, events } = createDriver({ libraryPath: '/opt/libzkfp.so' });
		link.failures.load = [NOT_THERE];
		await start();
		expect(events).toEqual([['arrived', 'zkfinger-library']]);
		await expect(readers[0]?.open()).rejects.toMatchObject({ message: NOT_THERE.message });
		expect(link.count('load')).toBe(1);
	});

	it('replaces it by the readers once an opening finds that the library works', async () => {
		const { start, link, readers, events } = createDriver({ libraryPath: '/opt/libzkfp.so' });
		link.failures.load = [NOT_THERE];
		link.readers = [A1];
		await start();
		for (let opening = 0; opening < 2; opening++) await expect(readers[0]?.open()).rejects.toThrow();
		await setImmediate();
		expect(events.slice(1)).toEqual([
			['departed', 'zkfinger-library', 'Fault is over'],
			['arrived', 'A1'],
		]);
	});

	it('tells the latest reason', async () => {
		const { start, link, readers, events } = createDriver({ libraryPath: '/opt/libzkfp.so' });
		const later = new ServiceError('DEVICE_INIT_FAILED', { message: 'of another SDK' });
		link.failures.load = [NOT_THERE, later, later];
		await start();
		for (let opening = 0; opening < 2; opening++) await expect(readers[0]?.open()).rejects.toThrow(NOT_THERE.message);
		await setImmediate();
		await expect(readers[0]?.open()).rejects.toThrow('of another SDK');
		expect(events).toHaveLength(1);
	});

	it('takes a failed Init for a fault only if something is plugged in', async () => {
		const { start, plug, link, events } = createDriver({ libraryPath: '/opt/libzkfp.so' });
		const failure = zkFingerError('ZKFPM_Init', -1);
		link.failures.scan = [failure, failure, failure];
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

describe('ZkFingerDriver where the system does not tell what is plugged in', () => {
	async function startBlind(libraryPath: string) {
		const rig = createDriver({ libraryPath });
		rig.presence.devices = undefined;
		await rig.start();
		return rig;
	}

	it('leaves a library that nobody asked for alone', async () => {
		const { plug, link, clock } = await startBlind('');
		clock.advance(10_000);
		await plug(undefined, [A1]);
		expect(link.requests).toEqual([]);
	});

	it('asks a library that is set every 10 s until it finds a reader, which it leaves in peace', async () => {
		const { plug, link, clock, events } = await startBlind('/opt/libzkfp.so');
		await plug(undefined, [A1]);
		expect(events).toEqual([]);
		clock.advance(10_000);
		await plug(undefined, [A1]);
		expect(events).toEqual([['arrived', 'A1']]);
		clock.advance(10_000);
		await plug(undefined, [A1, B2]);
		expect(link.count('scan')).toBe(2);
	});
});
