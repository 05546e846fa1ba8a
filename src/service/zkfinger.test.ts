import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DeviceIds } from '../devices/device-ids.ts';
import { DeviceRegistry } from '../devices/device-registry.ts';
import { ZkFingerClient } from '../devices/drivers/zkfinger/process/zkfinger-client.ts';
import {
	buildSimulation,
	SIMULATION_UNAVAILABLE,
	SimulatedZkFinger,
	type SimulationScript,
} from '../devices/drivers/zkfinger/testing/simulated-zkfinger.ts';
import type { UsbDevice, UsbPresence } from '../devices/drivers/zkfinger/usb/usb-presence.ts';
import { WindowsUsbPresence } from '../devices/drivers/zkfinger/usb/windows-usb-presence.ts';
import { ZkFingerDriver } from '../devices/drivers/zkfinger/zkfinger-driver.ts';
import { ZkFingerReader } from '../devices/drivers/zkfinger/zkfinger-reader.ts';
import type { Reader } from '../devices/reader.ts';
import { describeReaderContract } from '../devices/testing/reader-contract.ts';
import { silentLogger } from '../log/silent-logger.ts';
import type { ServiceError } from '../protocol/errors.ts';
import { systemClock } from '../time/clock.ts';
import { FakeClock } from '../time/testing/fake-clock.ts';

/*
 * The driver with its real worker process, real native calls, and a simulation of the vendor's library in C.
 */

const WIDTH = 40;
const HEIGHT = 30;
const ONE_READER: SimulationScript = { readers: 1, 'serial.0': 'A1', 'product.0': 'SLK20R' };

/** A list of USB devices that the test changes. */
class FakeUsbPresence implements UsbPresence {
	devices: readonly UsbDevice[] = [];
	hint = () => {};

	async list(): Promise<readonly UsbDevice[]> {
		return this.devices;
	}

	watch(onHint: () => void): () => void {
		this.hint = onHint;
		return () => {};
	}
}

/** Records events in order and lets a test wait for them. */
class Events {
	private readonly seen: unknown[] = [];
	private wake = () => {};

	add(...event: readonly unknown[]): void {
		this.seen.push(event);
		this.wake();
	}

	/** Resolves with the first `count` events once they have happened. */
	async first(count: number): Promise<unknown[]> {
		while (this.seen.length < count) {
			await new Promise<void>((resolve) => {
				this.wake = resolve;
			});
		}
		return this.seen.slice(0, count);
	}
}

let simulation: SimulatedZkFinger;
const closing: (() => Promise<void>)[] = [];

if (SIMULATION_UNAVAILABLE === undefined)
	beforeAll(async () => {
		simulation = await SimulatedZkFinger.build();
	});
afterEach(async () => {
	for (const close of closing.splice(0).reverse()) await close();
});
afterAll(() => simulation?.remove());

/** Starts a driver with one USB device and the simulated library. */
async function startDriver(
	script: SimulationScript,
	{ pollIntervalMs = 1, libraryPath = simulation.libraryPath } = {},
) {
	await simulation.restart(script);
	const events = new Events();
	const presence = new FakeUsbPresence();
	presence.devices = [{ address: '1-4', productId: 0x0120 }];
	const readers: Reader[] = [];
	const driver = new ZkFingerDriver({
		clock: systemClock,
		logger: silentLogger,
		libraryPath,
		presence,
		pollIntervalMs,
	});
	closing.push(() => driver.stop());
	await driver.start({
		arrived: (reader) => {
			readers.push(reader);
			events.add('arrived', reader.info.serialNumber);
		},
		departed: (reader) => events.add('departed', reader.info.serialNumber),
		faulted: (reader, error) => events.add('faulted', reader.info.serialNumber, error.error),
		crashed: (error) => events.add('crashed', error.message),
	});
	/** Changes the USB devices and the script together. */
	const plug = async (changes: SimulationScript, ...addresses: readonly string[]) => {
		await simulation.change(changes);
		presence.devices = addresses.map((address) => ({ address, productId: 0x0120 }));
		presence.hint();
	};
	return { driver, events, readers, plug };
}

async function openReader(script: SimulationScript = {}, options: { pollIntervalMs?: number } = {}) {
	const fixture = await startDriver({ ...ONE_READER, ...script }, options);
	await fixture.events.first(1);
	const [reader] = fixture.readers;
	if (reader === undefined) throw new Error('No reader has arrived');
	await reader.open();
	closing.push(() => reader.close());
	return { ...fixture, reader, scan: new AbortController() };
}

async function putFinger(width = WIDTH, height = HEIGHT): Promise<Uint8Array> {
	const pixels = Uint8Array.from({ length: width * height }, (_, i) => i % 251);
	await simulation.change({ 'finger.0': await simulation.saveImage('finger', pixels) });
	return pixels;
}

if (SIMULATION_UNAVAILABLE === undefined) {
	describeReaderContract('ZkFingerReader with the simulated library', async () => {
		const { events, readers, plug } = await startDriver(ONE_READER);
		await events.first(1);
		const [reader] = readers;
		if (reader === undefined) throw new Error('No reader has arrived');
		closing.push(() => reader.close());
		return {
			reader,
			touch: async () => void (await putFinger()),
			lift: () => simulation.change({}, ['finger.0']),
			unplug: async () => {
				await plug({ readers: 0 });
				await events.first(2);
			},
			fault: async () => {
				await simulation.change({ 'return.AcquireFingerprintImage': -17 });
				if (reader instanceof ZkFingerReader && reader.isInUse) await events.first(2);
				await simulation.change({}, ['return.AcquireFingerprintImage']);
				return 'DEVICE_INIT_FAILED';
			},
		};
	});
}

describe.skipIf(SIMULATION_UNAVAILABLE !== undefined)(
	`the ZKFinger driver with a simulated library (${SIMULATION_UNAVAILABLE ?? 'in C'})`,
	() => {
		it('reports the names of the reader and returns the image of the finger', async () => {
			const { reader, scan } = await openReader({ width: 60, height: 50, dpi: 1000 });
			expect(reader.info).toMatchObject({ driver: 'zkfinger', serialNumber: 'A1', model: 'SLK20R', isVirtual: false });
			const data = await putFinger(60, 50);
			const image = await reader.nextTouch(scan.signal);
			expect(image).toMatchObject({ width: 60, height: 50, dpi: 1000 });
			expect(Buffer.from(image.data).equals(data)).toBe(true);
		});

		it('uses 500 dpi when the reader reports an implausible resolution', async () => {
			const { reader, scan } = await openReader({ dpi: 0 });
			await putFinger();
			expect(await reader.nextTouch(scan.signal)).toMatchObject({ dpi: 500 });
		});

		it('calls the library in order, and closes each reader once', async () => {
			const { reader, driver, scan } = await openReader();
			await putFinger();
			await reader.nextTouch(scan.signal);
			await reader.close();
			await driver.stop();
			const calls = (await simulation.calls()).filter((call) => !/Parameters|Acquire/.test(call));
			expect(calls).toEqual(['Init 0', 'GetDeviceCount 1', 'OpenDevice 0', 'CloseDevice 0', 'Terminate 0']);
		});

		it('does not restart the library while a call waits for a finger', async () => {
			const { reader, plug, events, scan } = await openReader();
			const waiting = expect(reader.nextTouch(scan.signal)).rejects.toThrow();
			await plug({ readers: 2, 'serial.1': 'B2' }, '1-4', '1-5');
			await simulation.whenCalled('AcquireFingerprintImage', 20);
			expect((await simulation.calls()).filter((call) => /^(Init|Terminate)/.test(call))).toEqual(['Init 0']);
			scan.abort();
			await waiting;
			expect(await events.first(2)).toContainEqual(['arrived', 'B2']);
			// The open reader continues with a new handle.
			await putFinger();
			await expect(reader.nextTouch(new AbortController().signal)).resolves.toBeDefined();
		});

		it('reports 20 replugs and leaves no handle open', async () => {
			const { events, readers, plug, driver } = await startDriver(ONE_READER);
			for (let round = 1; round <= 20; round++) {
				await events.first(2 * round - 1);
				await readers.at(-1)?.open();
				await plug({ readers: 0 });
				await events.first(2 * round);
				await plug({ readers: 1 }, `1-${round + 4}`);
			}
			await events.first(41);
			await driver.stop();
			const count = async (call: string) => (await simulation.calls()).filter((made) => made === call).length;
			expect(await count('OpenDevice 0')).toBe(21);
			expect(await count('CloseDevice 0')).toBe(21);
			expect(await count('Init 0')).toBe(await count('Terminate 0'));
			expect(await count('OVERLAP 0')).toBe(0);
		});

		it('rejects a finger that a reader with anti-fake does not consider live', async () => {
			const { reader, scan } = await openReader({ 'anti-fake': 31 });
			await putFinger();
			await reader.nextTouch(scan.signal);
			await simulation.change({ 'anti-fake': 7 });
			await expect(reader.nextTouch(scan.signal)).rejects.toMatchObject({
				error: 'NO_FINGERPRINT_DETECTED',
				details: { isLive: false, antiFakeStatus: 7 },
			});
		});

		it.each<[string, SimulationScript, unknown[]]>([
			['without serial numbers', { 'product.0': 'SLK20R' }, ['no-serial-number-1', 'no-serial-number-2']],
			['with the same serial number', { 'serial.0': 'A1', 'serial.1': 'A1' }, ['A1', 'no-serial-number-2']],
			['with surrounding spaces', { 'serial.0': ' A1 ', 'serial.1': '\t' }, ['A1', 'no-serial-number-2']],
			[
				'with serial numbers of any length',
				{ 'serial.0': 'x'.repeat(256), 'serial.1': 'x'.repeat(300) },
				['x'.repeat(256), 'no-serial-number-2'],
			],
		])('distinguishes two readers %s', async (_, script, serialNumbers) => {
			const { events, readers } = await startDriver({ readers: 2, ...script });
			expect(await events.first(2)).toEqual(serialNumbers.map((serialNumber) => ['arrived', serialNumber]));
			for (const reader of readers) await expect(reader.open()).resolves.toBeUndefined();
		});

		it.each([
			['Init', -1, 'zkfinger-library', { error: 'DEVICE_INIT_FAILED', details: { call: 'ZKFPM_Init', code: -1 } }],
			['GetDeviceCount', -17, 'zkfinger-library', { details: { call: 'ZKFPM_GetDeviceCount', code: -17 } }],
			['OpenDevice', 0, 'no-serial-number-1', { details: { call: 'ZKFPM_OpenDevice', index: 0 } }],
			['GetParameters', -17, 'no-serial-number-1', { details: { width: 0, height: 0 } }],
		])('reports an unavailable reader when %s fails', async (call, code, serialNumber, error) => {
			const { events, readers } = await startDriver({ ...ONE_READER, [`return.${call}`]: code });
			expect(await events.first(1)).toEqual([['arrived', serialNumber]]);
			await expect(readers[0]?.open()).rejects.toMatchObject({ error: 'DEVICE_INIT_FAILED', ...error });
		});

		it('retries when Init reports no device although one is plugged in', async () => {
			const { events } = await startDriver({ readers: 0 });
			await simulation.whenCalled('Init', 1);
			await simulation.change(ONE_READER);
			expect(await events.first(1)).toEqual([['arrived', 'A1']]);
		});

		it.each([
			[-7, 'DEVICE_INIT_FAILED'],
			[-28, 'DEVICE_TIMEOUT'],
			[-999, 'DEVICE_INIT_FAILED'],
		])('ends a scan on code %d and includes the code in the details', async (code, error) => {
			const { reader, scan } = await openReader({ 'return.AcquireFingerprintImage': code });
			await expect(reader.nextTouch(scan.signal)).rejects.toMatchObject({ error, details: { code } });
		});

		it('survives a crash of the library, and restarts it when the reader is opened again', async () => {
			const { reader, events, scan } = await openReader({ 'crash.AcquireFingerprintImage': 1 });
			await expect(reader.nextTouch(scan.signal)).rejects.toMatchObject({
				error: 'DEVICE_INIT_FAILED',
				message: 'The process of the ZKFinger library has ended with SIGABRT: try again',
			});
			expect(await events.first(2)).toContainEqual(['faulted', 'A1', 'DEVICE_INIT_FAILED']);
			await simulation.change({}, ['crash.AcquireFingerprintImage']);
			await reader.close();
			await reader.open();
			await putFinger();
			await expect(reader.nextTouch(scan.signal)).resolves.toBeDefined();
		});

		it('is opened again by the registry after a crash, and can be acquired again', async () => {
			await simulation.restart(ONE_READER);
			const dataDir = await mkdtemp(join(tmpdir(), 'zkfinger-'));
			const presence = new FakeUsbPresence();
			const { libraryPath } = simulation;
			const clock = new FakeClock();
			const driver = new ZkFingerDriver({ clock: systemClock, logger: silentLogger, libraryPath, presence });
			const ids = await DeviceIds.open({ dataDir, logger: silentLogger });
			const registry = new DeviceRegistry({ drivers: [driver], ids, clock, logger: silentLogger });
			const events = new Events();
			registry.on('status', ({ id, status }) => events.add(id, status));
			closing.push(
				() => rm(dataDir, { recursive: true }),
				() => registry.stop(),
			);
			await registry.start();
			await events.first(1);
			await simulation.change({ 'crash.AcquireFingerprintImage': 1 });
			const lease = registry.acquire('device-001');
			await expect(lease.reader.nextTouch(new AbortController().signal)).rejects.toMatchObject({
				error: 'DEVICE_INIT_FAILED',
			});
			await events.first(3);
			await simulation.change({}, ['crash.AcquireFingerprintImage']);
			// Once the registry waits before it reopens the reader, the reader has closed.
			while (clock.pending === 0) await setImmediate();
			clock.advance(1_000);
			expect(await events.first(4)).toEqual(['idle', 'busy', 'error', 'idle'].map((status) => ['device-001', status]));
			registry.acquire('device-001').release();
		});

		it('ends a scan and stops while the library hangs', async () => {
			const { reader, driver, scan } = await openReader({ 'sleep.AcquireFingerprintImage': 600_000 });
			const waiting = expect(reader.nextTouch(scan.signal)).rejects.toThrow('scan stopped');
			scan.abort(new Error('scan stopped'));
			await waiting;
			await driver.stop();
		});

		it('ends a library that hangs for 10 s, and restarts it', async () => {
			await simulation.restart({ ...ONE_READER, 'sleep.Init': 600_000 });
			const clock = new FakeClock();
			const lost: ServiceError[] = [];
			const client = new ZkFingerClient({
				libraryPath: simulation.libraryPath,
				clock,
				onLost: (error) => lost.push(error),
			});
			closing.push(() => client.close());
			const scanning = client.call({ type: 'scan' });
			const waiting = client.call({ type: 'open', serialNumber: 'A1' });
			clock.advance(10_000);
			await expect(scanning).rejects.toMatchObject({ error: 'DEVICE_TIMEOUT' });
			await expect(waiting).rejects.toMatchObject({ error: 'DEVICE_TIMEOUT' });
			expect(lost).toHaveLength(1);
			await simulation.change({}, ['sleep.Init']);
			expect(await client.call({ type: 'scan' })).toEqual([{ serialNumber: 'A1', model: 'SLK20R' }]);
			expect(clock.pending).toBe(0);
		});

		it('refuses calls once it is closed', async () => {
			const client = new ZkFingerClient({ libraryPath: simulation.libraryPath, clock: systemClock, onLost: () => {} });
			await client.close();
			await expect(client.call({ type: 'load' })).rejects.toMatchObject({ error: 'SERVICE_UNAVAILABLE' });
		});
	},
);

describe.skipIf(SIMULATION_UNAVAILABLE !== undefined)(
	`loading the ZKFinger library (${SIMULATION_UNAVAILABLE ?? 'simulated in C'})`,
	() => {
		const build = async (source: string, companion?: string) => {
			const built = await buildSimulation(source, companion);
			closing.push(() => rm(built.dir, { recursive: true }));
			return built.library;
		};
		const describeDriver = (libraryPath: string, devices: readonly UsbDevice[] = []) => {
			const presence = { list: async () => devices, watch: () => () => {} };
			return new ZkFingerDriver({ clock: systemClock, logger: silentLogger, libraryPath, presence }).describe();
		};

		it('finds the libraries in the same folder that it depends on', async () => {
			const libraryPath = await build('simulated-zkfinger.c', 'simulated-cfgmgr32.c');
			expect(await describeDriver(libraryPath)).toEqual({
				driver: 'zkfinger',
				state: 'working',
				isVirtual: false,
				facts: [expect.stringMatching(/^koffi \d+\./)],
			});
		});

		it('is described together with the reader that is plugged in', async () => {
			const devices = [{ address: '1-4', productId: 0x0120 }];
			const { state, facts } = await describeDriver(simulation.libraryPath, devices);
			expect({ state, facts }).toEqual({
				state: 'working',
				facts: [expect.any(String), 'SLK20R is plugged in'],
			});
		});

		it('is described by a started driver through the process that it uses', async () => {
			const { driver, events } = await startDriver(ONE_READER);
			expect(await driver.describe()).toMatchObject({ state: 'working' });
			expect(await events.first(1)).toEqual([['arrived', 'A1']]);
		});

		it.each([
			['simulated-cfgmgr32.c', 'is not a ZKFinger library'],
			['simulated-newer-sdk.c', 'belongs to a newer ZKFinger SDK'],
		])('fails for a library built from %s, which %s', async (source, fault) => {
			const libraryPath = await build(source);
			expect(await describeDriver(libraryPath)).toMatchObject({
				state: 'unavailable',
				reason: expect.stringContaining(`${libraryPath} ${fault} (it lacks ZKFPM_Init)`),
			});
		});

		it('fails for a missing file, and reports the remedy', async () => {
			expect(await describeDriver('/nowhere/libzkfp.so')).toMatchObject({
				state: 'unavailable',
				reason: expect.stringMatching(/^The ZKFinger library \/nowhere\/libzkfp.so cannot be loaded \(.+\): install/),
			});
		});

		it('may be missing while no reader needs it', async () => {
			expect(await describeDriver('')).toMatchObject({
				state: 'not-installed',
				reason: expect.stringMatching(/^The ZKFinger library libzkfp.so cannot be loaded/),
			});
			const devices = [{ address: '1-4', productId: 0x0120 }];
			expect(await describeDriver('', devices)).toMatchObject({ state: 'unavailable' });
		});

		it('is not needed to list USB devices on Windows', async () => {
			const library = await build('simulated-cfgmgr32.c');
			expect(await new WindowsUsbPresence({ clock: new FakeClock(), library }).list()).toEqual([
				{ address: 'USB\\VID_1B55&PID_0120\\5&2C1D&0&3', productId: 0x0120 },
			]);
		});
	},
);
