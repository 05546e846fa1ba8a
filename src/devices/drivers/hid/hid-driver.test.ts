import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../log/silent-logger.ts';
import { ServiceError } from '../../../protocol/errors.ts';
import { FakeClock } from '../../../time/testing/fake-clock.ts';
import type { Reader, ReaderDriverEvents } from '../../reader.ts';
import type { HidDevice } from './discovery/hid-device.ts';
import { encodePacket } from './ef01/packets.ts';
import { HidDriver } from './hid-driver.ts';
import { FakeHidPort } from './testing/fake-hid-port.ts';

const CP2110: HidDevice = {
	path: '/dev/hidraw0',
	vendorId: 0x10c4,
	productId: 0xea80,
	usagePage: 0xff00,
	interface: 0,
	serialNumber: 'A',
};
const OK = encodePacket({ type: 'acknowledgement', payload: Uint8Array.of(0) });
const refused = new ServiceError('DEVICE_INIT_FAILED', { message: 'No permission to open /dev/hidraw0' });

let clock: FakeClock;
let devices: HidDevice[];
let listError: ServiceError | undefined;
let openError: ServiceError | undefined;
/** Whether modules answer every command. */
let isAnswering: boolean;
let ports: FakeHidPort[];
let readers: Reader[];
let events: string[];
let notes: string[];
let change: () => void;
let driver: HidDriver;

beforeEach(() => {
	clock = new FakeClock();
	devices = [];
	listError = undefined;
	openError = undefined;
	isAnswering = true;
	ports = [];
	readers = [];
	events = [];
	notes = [];
	driver = create();
});

afterEach(async () => {
	await driver.stop();
	for (const reader of readers) await reader.close();
	expect(clock.pending).toBe(0);
	expect(ports.map(({ closeCalls }) => closeCalls)).toEqual(ports.map(() => 1));
});

function create(...entries: string[]): HidDriver {
	return new HidDriver({
		clock,
		logger: { ...silentLogger, info: (message) => notes.push(message) },
		readers: entries,
		platform: 'linux',
		listDevices: async () => {
			if (listError) throw listError;
			return devices;
		},
		openPort: async () => {
			if (openError) throw openError;
			return createPort();
		},
		watch: (onChange) => {
			change = onChange;
			return () => {};
		},
	});
}

/** A CP2110 that accepts every setting, with a module that answers OK to every command, or does not answer. */
function createPort(): FakeHidPort {
	const port = new FakeHidPort();
	port.onSendFeature = () => {};
	port.onWrite = () => {
		if (isAnswering) port.receive(Uint8Array.of(OK.length, ...OK));
	};
	ports.push(port);
	return port;
}

const listener: ReaderDriverEvents = {
	arrived: (reader) => {
		readers.push(reader);
		events.push(`+${reader.info.serialNumber}`);
	},
	departed: ({ info }, reason) => events.push(`-${info.serialNumber} ${reason}`),
	faulted: ({ info }, { error }) => events.push(`${info.serialNumber} ${error}`),
	crashed: ({ message }) => events.push(`crashed: ${message}`),
};

async function pass(ms: number): Promise<void> {
	const stepMs = Math.min(ms, 100);
	for (let passed = 0; passed < ms; passed += stepMs) {
		clock.advance(stepMs);
		await setImmediate();
	}
}

async function start(): Promise<void> {
	await driver.start(listener);
	await setImmediate();
}

async function plug(...now: HidDevice[]): Promise<void> {
	devices = now;
	change();
	await pass(10);
}

describe('HidDriver', () => {
	it('reports a module that answers, and its departure', async () => {
		await start();
		await plug(CP2110);
		await plug();
		expect(events).toEqual(['+A', '-A Device unplugged']);
		expect(readers[0]?.info).toEqual({
			driver: 'hid',
			serialNumber: 'A',
			model: 'Fingerprint module (CP2110)',
			firmwareVersion: 'unknown',
			isVirtual: false,
		});
	});

	it('ignores a device without an answering module until it is plugged in again', async () => {
		isAnswering = false;
		devices = [CP2110];
		await start();
		const described = driver.describe();
		await pass(4_000);
		expect((await described).ignoredDevices).toEqual(notes);
		expect(ports).toHaveLength(1);
		await pass(60_000);
		expect(events).toEqual([]);
		expect(ports).toHaveLength(1);
		expect(notes).toEqual([expect.stringContaining('HID device 10c4:ea80 is not used')]);
		isAnswering = true;
		await plug();
		await plug(CP2110);
		expect(events).toEqual(['+A']);
	});

	it('waits for a module that needs seconds after power-up', async () => {
		isAnswering = false;
		devices = [CP2110];
		await start();
		await pass(1_000);
		isAnswering = true;
		await pass(2_000);
		expect(events).toEqual(['+A']);
	});

	it('reports a module that has answered before immediately, without a probe', async () => {
		devices = [CP2110];
		await start();
		await plug();
		isAnswering = false;
		await plug(CP2110);
		expect(events.slice(2)).toEqual(['+A']);
		expect(ports).toHaveLength(1);
	});

	it('reports a device in hid.readers immediately, without a probe', async () => {
		driver = create('10c4:ea80=cp2110');
		isAnswering = false;
		devices = [CP2110];
		await start();
		expect(events).toEqual(['+A']);
		expect(ports).toEqual([]);
	});

	it('never opens a device that hid.readers ignores', async () => {
		driver = create('10c4:ea80=ignore');
		devices = [CP2110];
		await start();
		expect(events).toEqual([]);
		expect(ports).toEqual([]);
	});

	it('rejects an invalid entry in hid.readers', () => {
		expect(() => create('10c4')).toThrow('hid.readers: "10c4" is not a valid entry');
	});

	it('closes a device that is unplugged during the probe', async () => {
		isAnswering = false;
		devices = [CP2110];
		await start();
		ports[0]?.unplug();
		await setImmediate();
		await plug();
		expect(events).toEqual([]);
	});

	it('reports nothing for a device that is unplugged before the probe', async () => {
		openError = new ServiceError('DEVICE_DISCONNECTED');
		devices = [CP2110];
		await start();
		await plug();
		expect(events).toEqual([]);
	});

	it('reports a departure immediately when opening shows that the reader is unplugged', async () => {
		driver = create('10c4:ea80=cp2110');
		devices = [CP2110];
		await start();
		openError = new ServiceError('DEVICE_DISCONNECTED');
		await expect(readers[0]?.open()).rejects.toMatchObject({ error: 'DEVICE_DISCONNECTED' });
		expect(events).toEqual(['+A', '-A Device unplugged']);
	});

	it('closes a device that is being probed when it is stopped', async () => {
		isAnswering = false;
		devices = [CP2110];
		await start();
		await driver.stop();
		expect(ports.map(({ closeCalls }) => closeCalls)).toEqual([1]);
		expect(events).toEqual([]);
	});

	it('reports all readers again when it is started after a stop', async () => {
		devices = [CP2110];
		await start();
		await driver.stop();
		await start();
		expect(events).toEqual(['+A', '+A']);
	});

	describe('with several devices of the same model', () => {
		const at = (path: string, serialNumber = ''): HidDevice => ({ ...CP2110, path, serialNumber });

		it('gives unique serial numbers to devices with the same or no serial number', async () => {
			devices = [at('/dev/hidraw0', 'A'), at('/dev/hidraw1', 'A'), at('/dev/hidraw2'), at('/dev/hidraw3')];
			await start();
			expect(events).toEqual(['+A', '+A-2', '+10c4:ea80', '+10c4:ea80-2']);
		});

		it('gives a device that is plugged in again the serial number it had', async () => {
			devices = [at('/dev/hidraw0', 'A'), at('/dev/hidraw1', 'A')];
			await start();
			await plug(at('/dev/hidraw1', 'A'), at('/dev/hidraw2', 'A'));
			expect(events.slice(2)).toEqual(['-A Device unplugged', '+A']);
		});
	});

	describe('when an open reader fails', () => {
		beforeEach(async () => {
			driver = create('10c4:ea80=cp2110');
			devices = [CP2110];
			await start();
			const opening = readers[0]?.open();
			await pass(3_000);
			await opening;
		});

		it('reports immediately that it was unplugged, and reports it again when it is plugged in', async () => {
			ports[0]?.unplug();
			await setImmediate();
			expect(events).toEqual(['+A', '-A Device unplugged']);
			await plug();
			await plug(CP2110);
			expect(events.slice(2)).toEqual(['+A']);
		});

		it('reports it again after a second when it is still listed', async () => {
			ports[0]?.unplug();
			await pass(500);
			expect(events).toHaveLength(2);
			await pass(700);
			expect(events.slice(2)).toEqual(['+A']);
		});
	});

	describe('when a device cannot be opened', () => {
		beforeEach(async () => {
			openError = refused;
			devices = [CP2110];
			await start();
		});

		it('reports an unavailable reader whose open rejects with the reason', async () => {
			expect(events).toEqual(['+A']);
			await expect(readers[0]?.open()).rejects.toBe(refused);
		});

		it('reports the working reader once it can be opened', async () => {
			openError = undefined;
			await readers[0]?.open();
			await setImmediate();
			expect(events).toEqual(['+A', '-A Device can be opened now', '+A']);
		});

		it('ignores it once it can be opened and no module answers', async () => {
			openError = undefined;
			isAnswering = false;
			await readers[0]?.open();
			await pass(4_000);
			expect(events).toEqual(['+A', '-A Device can be opened now']);
		});

		it('reports nothing more once it is unplugged', async () => {
			await plug();
			openError = undefined;
			await readers[0]?.open();
			await setImmediate();
			expect(events).toEqual(['+A', '-A Device unplugged']);
		});
	});

	describe('when devices cannot be listed', () => {
		const missing = new ServiceError('DEVICE_INIT_FAILED', { message: 'The HID library cannot be loaded' });

		it('reports one unavailable reader with the reason, and finds readers once devices can be listed', async () => {
			listError = missing;
			await start();
			expect(events).toEqual(['+HID']);
			await expect(readers[0]?.open()).rejects.toBe(missing);
			listError = undefined;
			devices = [CP2110];
			await readers[0]?.open();
			await setImmediate();
			expect(events).toEqual(['+HID', '-HID HID devices can be listed now', '+A']);
		});

		it('does not start discovery again once it was stopped', async () => {
			listError = missing;
			await start();
			await driver.stop();
			listError = undefined;
			await readers[0]?.open();
			expect(events).toEqual(['+HID']);
			expect(clock.pending).toBe(0);
		});

		it('reports a crash when listing fails repeatedly after the start', async () => {
			await start();
			listError = missing;
			await pass(15_000);
			expect(events).toEqual(['crashed: The HID library cannot be loaded']);
		});
	});

	it('keeps no state of a thousand devices that were plugged in and unplugged', async () => {
		await start();
		for (let round = 0; round < 1_000; round++) {
			await plug({ ...CP2110, path: `/dev/hidraw${round}` });
			await plug();
		}
		expect(events).toHaveLength(2_000);
		expect(new Set(events)).toEqual(new Set(['+A', '-A Device unplugged']));
		expect(clock.pending).toBe(1);
	});
});
