import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { LogMetadata } from '../../../../log/logger.ts';
import { silentLogger } from '../../../../log/silent-logger.ts';
import { answeredWith, corruptedPayload, noAnswer } from '../testing/ef01-faults.ts';
import { SimulatedDevice, type SimulatedDeviceOptions } from '../testing/simulated-device.ts';
import { BRIDGES } from '../transport/bridges/bridges.ts';
import { SerialLine } from '../transport/serial-line.ts';
import { Ef01Module } from './ef01-module.ts';

const IMAGE = { width: 64, height: 64, dpi: 500, data: new Uint8Array(64 * 64).fill(0x77) };
const SMALL = { model: 'R503', sensor: { width: 64, height: 64 } };
const { signal } = new AbortController();

async function findModule(options: SimulatedDeviceOptions = {}) {
	const device = new SimulatedDevice(options);
	const log: (LogMetadata | undefined)[] = [];
	const logger = { ...silentLogger, info: (_message: string, metadata?: LogMetadata) => log.push(metadata) };
	const line = new SerialLine(await device.openPort(), BRIDGES[device.bridge], device.clock);
	await line.open(57_600);
	const module = await device.waitFor(Ef01Module.find({ line, clock: device.clock, logger }));
	device.module.commands.length = 0;
	return { device, module, log };
}

describe('Ef01Module', () => {
	it('logs the properties of the module', async () => {
		const { log } = await findModule({ model: 'R503' });
		const found = {
			baud: 57_600,
			packetSizeBytes: 128,
			model: 'R503',
			hardwareVersion: '1.2',
			width: 256,
			height: 288,
		};
		expect(log).toMatchObject([found]);
	});

	it('reports no finger, a finger, or a failed capture', async () => {
		const { device, module } = await findModule(SMALL);
		expect(await module.capture()).toBe('no-finger');
		device.module.placeFinger(IMAGE);
		expect(await module.capture()).toBe('finger');
		device.module.injectFault('GenImg', answeredWith(0x03), 1);
		expect(await module.capture()).toBe('failed');
	});

	it('gives an older module 1.5 s for a capture', async () => {
		const { device, module } = await findModule(SMALL);
		device.module.injectFault('GenImg', (packets) => [{ waitMs: 1_400 }, ...packets.map((send) => ({ send }))]);
		expect(await device.waitFor(module.capture())).toBe('no-finger');
		expect(device.module.commands).toEqual(['GenImg']);
	});

	it('fetches the captured image', async () => {
		const { device, module } = await findModule(SMALL);
		device.module.placeFinger(IMAGE);
		await module.capture();
		device.module.liftFinger();
		expect(await module.fetchImage(signal)).toEqual(IMAGE);
	});

	it('fetches all further images at the usual baud rate once the highest has failed', async () => {
		const { device, module } = await findModule(SMALL);
		const speeds: number[] = [];
		device.module.injectFault('UpImage', (packets) => {
			speeds.push(device.module.baud);
			return device.module.baud === 115_200 ? corruptedPayload(packets) : packets.map((send) => ({ send }));
		});
		device.module.placeFinger(IMAGE);
		await module.capture();
		expect(await device.waitFor(module.fetchImage(signal))).toEqual(IMAGE);
		expect(await device.waitFor(module.fetchImage(signal))).toEqual(IMAGE);
		expect(speeds).toEqual([115_200, 57_600, 57_600]);
	});

	it('rejects after three failed attempts to fetch an image', async () => {
		const { device, module } = await findModule(SMALL);
		device.module.injectFault('UpImage', noAnswer);
		device.module.placeFinger(IMAGE);
		await module.capture();
		await expect(device.waitFor(module.fetchImage(signal))).rejects.toMatchObject({ error: 'DEVICE_TIMEOUT' });
		expect(device.module.commands.filter((name) => name === 'UpImage')).toHaveLength(3);
		expect(device.clock.pending).toBe(0);
	});

	it('names the number of bytes of an image that is not of a known size', async () => {
		const { device, module } = await findModule({ sensor: { width: 100, height: 100 } });
		device.module.placeFinger(IMAGE);
		await module.capture();
		await expect(device.waitFor(module.fetchImage(signal))).rejects.toThrow('an image of 5000 bytes');
	});

	it('sends the next command after such an image only when the line is quiet', async () => {
		const { device, module } = await findModule({ sensor: { width: 100, height: 100 } });
		device.module.placeFinger(IMAGE);
		await module.capture();
		await expect(device.waitFor(module.fetchImage(signal))).rejects.toThrow('an image of 5000 bytes');
		const captured = module.capture();
		await setImmediate();
		expect(device.module.commands.at(-1)).toBe('UpImage');
		expect(await device.waitFor(captured)).toBe('finger');
	});

	it.each([
		['ring light', SMALL, ['AuraLedConfig', 'AuraLedConfig']],
		['plain light', {}, ['LedOn', 'LedOff']],
	])('switches its %s on and off', async (_what, options, commands) => {
		const { device, module } = await findModule(options);
		await device.waitFor(module.setLight(true));
		expect(device.module.isLit).toBe(true);
		await device.waitFor(module.setLight(false));
		expect(device.module.isLit).toBe(false);
		expect(device.module.commands).toEqual(commands);
	});
});
