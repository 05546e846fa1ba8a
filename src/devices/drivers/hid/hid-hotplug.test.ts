import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger as logger } from '../../../log/silent-logger.ts';
import { FakeClock } from '../../../time/testing/fake-clock.ts';
import { DeviceIds } from '../../device-ids.ts';
import { DeviceRegistry } from '../../device-registry.ts';
import type { HidDevice } from './discovery/hid-device.ts';
import { HidDriver } from './hid-driver.ts';
import { SimulatedEf01 } from './testing/simulated-ef01.ts';
import { SimulatedHidPort } from './testing/simulated-hid-port.ts';

const ID = 'device-001';
const CP2110: Omit<HidDevice, 'path'> = {
	vendorId: 0x10c4,
	productId: 0xea80,
	usagePage: 0xff00,
	interface: 0,
	serialNumber: 'A',
};

let dataDir: string;
let clock: FakeClock;
let devices: HidDevice[];
let module: SimulatedEf01;
let ports: SimulatedHidPort[];
let change: () => void;
let registry: DeviceRegistry;
let events: string[];

beforeEach(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'hid-hotplug-'));
	clock = new FakeClock();
	devices = [];
	ports = [];
	module = new SimulatedEf01({ clock, model: 'R503', isPaced: true, send: (bytes) => ports.at(-1)?.fromModule(bytes) });
	const driver = new HidDriver({
		clock,
		logger,
		readers: [],
		platform: 'linux',
		listDevices: async () => devices,
		openPort: async () => {
			const port = new SimulatedHidPort('cp2110', module);
			ports.push(port);
			return port;
		},
		watch: (onChange) => {
			change = onChange;
			return () => {};
		},
	});
	registry = new DeviceRegistry({ drivers: [driver], ids: await DeviceIds.open({ dataDir, logger }), clock, logger });
	events = [];
	registry.on('connected', ({ id }) => events.push(`connected ${id}`));
	registry.on('disconnected', ({ id }) => events.push(`disconnected ${id}`));
	registry.on('status', ({ status }, previous) => events.push(`${previous} to ${status}`));
	registry.on('lost', (_id, { code }) => events.push(`lost ${code}`));
	await registry.start();
});

afterEach(async () => {
	await finish(registry.stop());
	module.stop();
	expect(clock.pending).toBe(0);
	await rm(dataDir, { recursive: true });
});

/** Advances the clock in steps of 10 ms and lets pending callbacks run after each. */
async function pass(ms: number): Promise<void> {
	for (let passed = 0; passed < ms; passed += 10) {
		clock.advance(10);
		await setImmediate();
	}
}

/** Advances the clock until `work` is done. */
async function finish(work: Promise<unknown>): Promise<void> {
	let isDone = false;
	void work.finally(() => {
		isDone = true;
	});
	for (let i = 0; !isDone && i < 10_000; i++) await pass(10);
	await work;
}

async function plug(path: string): Promise<void> {
	devices = [{ ...CP2110, path }];
	change();
	for (let i = 0; registry.get(ID)?.status !== 'idle' && i < 1_000; i++) await pass(10);
}

/** Unplugs the reader as on a real system: the open handle fails first, and the list changes later. */
async function unplug(): Promise<void> {
	module.stop();
	ports.at(-1)?.unplug();
	await setImmediate();
	devices = [];
	change();
	await pass(10);
}

describe('a HID reader in a registry', () => {
	it('is connected less than 100 ms after it is plugged in', async () => {
		const plugged = clock.now();
		let connectedAt = Number.POSITIVE_INFINITY;
		registry.on('connected', () => {
			connectedAt = clock.now();
		});
		await plug('/dev/hidraw0');
		expect(events).toEqual([`connected ${ID}`, 'connected to idle']);
		expect(connectedAt - plugged).toBeLessThan(100);
	});

	it('ends a scan immediately when it is unplugged during an upload, and keeps its id', async () => {
		await plug('/dev/hidraw0');
		const { reader } = registry.acquire(ID);
		module.placeFinger({ width: 256, height: 288, dpi: 500, data: new Uint8Array(256 * 288) });
		const touched = expect(reader.nextTouch(new AbortController().signal)).rejects.toMatchObject({ code: 1003 });
		await pass(1_000);
		expect(module.commands).toContain('UpImage');
		events.length = 0;
		module.stop();
		ports.at(-1)?.unplug();
		await setImmediate();
		expect(events).toEqual(['lost 1003', `disconnected ${ID}`]);
		await touched;
		devices = [];
		module.liftFinger();
		await pass(100);
		await plug('/dev/hidraw1');
		expect(events.slice(2)).toEqual([`connected ${ID}`, 'connected to idle']);
	});

	it('is closed while the system is suspended, and ready after it resumes', async () => {
		await plug('/dev/hidraw0');
		await finish(registry.suspend());
		expect(ports.map(({ closeCalls }) => closeCalls)).toEqual([1, 1]);
		expect(registry.list()).toEqual([]);
		await finish(registry.resume());
		await pass(1_000);
		expect(registry.get(ID)?.status).toBe('idle');
	});

	it('leaks no port or timer in 1000 rounds of plugging in and unplugging', async () => {
		for (let round = 0; round < 1_000; round++) {
			await plug(`/dev/hidraw${round}`);
			await unplug();
		}
		expect(events.filter((event) => event === `connected ${ID}`)).toHaveLength(1_000);
		expect(new Set(ports.map(({ closeCalls }) => closeCalls))).toEqual(new Set([1]));
		// The timer for the next list.
		expect(clock.pending).toBe(1);
	});
});
