import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { GreyImage } from '../../../biometrics/worker-engine.ts';
import { ServiceError } from '../../../protocol/errors.ts';
import { describeReaderContract } from '../../testing/reader-contract.ts';
import { answeredWith, noAnswer, noFault } from './testing/ef01-faults.ts';
import type { SimulatedDeviceOptions } from './testing/simulated-device.ts';
import { SimulatedReader } from './testing/simulated-reader.ts';
import { BRIDGES, type BridgeName } from './transport/bridges/bridges.ts';

/** Every grey level, in the size of the sensor. */
const IMAGE: GreyImage = {
	width: 256,
	height: 288,
	dpi: 500,
	data: Uint8Array.from({ length: 256 * 288 }, (_, i) => i),
};
/** The same image after reduction to 4 bits per pixel. */
const SCANNED: GreyImage = { ...IMAGE, data: IMAGE.data.map((level) => (level >> 4) * 17) };
/** A module with small images, for short uploads. */
const SMALL = { model: 'R503', sensor: { width: 64, height: 64 } };

async function openReader(options: SimulatedDeviceOptions = {}) {
	const simulated = new SimulatedReader(options);
	await simulated.waitFor(simulated.reader.open());
	simulated.module.commands.length = 0;
	return { simulated, scan: new AbortController() };
}

/** Starts a scan and advances it into the upload of the image. */
async function openDuringUpload(options: SimulatedDeviceOptions = {}) {
	const { simulated, scan } = await openReader({ ...options, isPaced: true });
	simulated.module.placeFinger(IMAGE);
	const touched = simulated.reader.nextTouch(scan.signal);
	touched.catch(() => {});
	while (!simulated.module.commands.includes('UpImage')) await simulated.advance(50);
	await simulated.advance(200);
	return { simulated, scan, touched };
}

for (const bridge of Object.keys(BRIDGES) as BridgeName[]) {
	describeReaderContract(`HidReader behind ${bridge}`, async () => {
		const simulated = new SimulatedReader({ ...SMALL, bridge });
		return {
			reader: simulated.reader,
			touch: async () => {
				simulated.module.placeFinger(IMAGE);
				await simulated.advance(200);
			},
			lift: async () => {
				simulated.module.liftFinger();
				await simulated.advance(200);
			},
			unplug: async () => simulated.unplug(),
			fault: async () => {
				simulated.module.injectFault('any', noAnswer);
				await simulated.advance(10_000);
				simulated.module.clearFaults();
				return 'DEVICE_TIMEOUT';
			},
		};
	});
}

describe('HidReader when opened', () => {
	it('finds the module and reads its properties', async () => {
		const simulated = new SimulatedReader();
		await simulated.reader.open();
		expect(simulated.module.commands).toEqual(['VfyPwd', 'VfyPwd', 'ReadSysPara', 'ReadProdInfo', 'ReadProdInfo']);
		expect(simulated.clock.pending).toBe(0);
	});

	it.each([115_200, 9_600, 38_400, 19_200])('finds a module that was left at %i baud', async (baud) => {
		const simulated = new SimulatedReader();
		simulated.module.baud = baud;
		await simulated.waitFor(simulated.reader.open());
		expect(simulated.port?.bridge.baud).toBe(baud);
	});

	it('rejects when no module answers, and closes the port', async () => {
		const simulated = new SimulatedReader();
		simulated.module.injectFault('any', noAnswer);
		await expect(simulated.waitFor(simulated.reader.open())).rejects.toMatchObject({
			error: 'DEVICE_TIMEOUT',
			message: expect.stringContaining('check its wiring'),
		});
		expect(simulated.ports.map((port) => port.closeCalls)).toEqual([1]);
		expect(simulated.clock.pending).toBe(0);
		simulated.module.clearFaults();
		await simulated.waitFor(simulated.reader.open());
	});

	it('names the remedy for a module with a password', async () => {
		const simulated = new SimulatedReader();
		simulated.module.injectFault('VfyPwd', answeredWith(0x13));
		await expect(simulated.reader.open()).rejects.toMatchObject({
			error: 'DEVICE_INIT_FAILED',
			message: expect.stringContaining('password'),
		});
		expect(simulated.port?.closeCalls).toBe(1);
	});

	it('rejects when it is unplugged during open', async () => {
		const simulated = new SimulatedReader({ isPaced: true });
		const opening = simulated.reader.open();
		await setImmediate();
		simulated.unplug();
		await expect(opening).rejects.toMatchObject({ error: 'DEVICE_INIT_FAILED' });
		expect(simulated.port?.closeCalls).toBe(1);
		expect(simulated.clock.pending).toBe(0);
	});

	it('opens one port for several calls', async () => {
		const simulated = new SimulatedReader();
		await Promise.all([simulated.reader.open(), simulated.reader.open()]);
		await simulated.reader.open();
		expect(simulated.ports).toHaveLength(1);
	});

	it('closes the port after an open in progress is done', async () => {
		const simulated = new SimulatedReader();
		await Promise.all([simulated.reader.open(), simulated.reader.close()]);
		expect(simulated.ports.map((port) => port.closeCalls)).toEqual([1]);
	});

	it('works with a module that does not report its settings', async () => {
		const simulated = new SimulatedReader();
		simulated.module.injectFault('ReadSysPara', noAnswer);
		await simulated.waitFor(simulated.reader.open());
		simulated.module.placeFinger(IMAGE);
		expect(await simulated.waitFor(simulated.reader.nextTouch(new AbortController().signal))).toEqual(SCANNED);
		expect(simulated.module.commands).not.toContain('SetSysPara');
	});
});

describe('HidReader waiting for a finger', () => {
	it('expands the 4-bit pixels of the module to 8 bits', async () => {
		const { simulated, scan } = await openReader();
		simulated.module.placeFinger(IMAGE);
		expect(await simulated.waitFor(simulated.reader.nextTouch(scan.signal))).toEqual(SCANNED);
	});

	it('uses the size that the module reports', async () => {
		const { simulated, scan } = await openReader({ model: 'R503', sensor: { width: 192, height: 192 } });
		simulated.module.placeFinger(IMAGE);
		expect(await simulated.waitFor(simulated.reader.nextTouch(scan.signal))).toMatchObject({
			width: 192,
			height: 192,
			dpi: 508,
		});
	});

	it('captures every 100 ms', async () => {
		const { simulated, scan } = await openReader();
		const touched = simulated.reader.nextTouch(scan.signal);
		await simulated.advance(1_000);
		scan.abort();
		await expect(touched).rejects.toBe(scan.signal.reason);
		expect(simulated.module.commands.filter((name) => name === 'GenImg').length).toBeGreaterThanOrEqual(9);
		expect(simulated.module.commands.filter((name) => name === 'GenImg').length).toBeLessThanOrEqual(11);
	});

	it('continues after a failed capture', async () => {
		const { simulated, scan } = await openReader(SMALL);
		simulated.module.placeFinger(IMAGE);
		simulated.module.injectFault('GenImg', answeredWith(0x03), 2);
		await simulated.waitFor(simulated.reader.nextTouch(scan.signal));
		expect(simulated.module.commands.filter((name) => name === 'GenImg')).toHaveLength(3);
	});

	it('does not treat a failed capture as a lifted finger', async () => {
		const { simulated, scan } = await openReader(SMALL);
		simulated.module.injectFault('GenImg', answeredWith(0x03), 2);
		await simulated.waitFor(simulated.reader.waitForLift(scan.signal));
		expect(simulated.module.commands).toEqual(['GenImg', 'GenImg', 'GenImg']);
	});

	it.each([
		['a ring light', SMALL],
		['a plain light', {}],
	])('switches %s on until the finger rests on the reader', async (_what, options) => {
		const { simulated, scan } = await openReader(options);
		const touched = simulated.reader.nextTouch(scan.signal);
		await simulated.advance(200);
		expect(simulated.module.isLit).toBe(true);
		simulated.module.placeFinger(IMAGE);
		await simulated.waitFor(touched);
		expect(simulated.module.isLit).toBe(false);
	});

	it('switches the light off after an abort', async () => {
		const { simulated, scan } = await openReader();
		const touched = simulated.reader.nextTouch(scan.signal);
		await simulated.advance(200);
		scan.abort();
		await expect(touched).rejects.toBe(scan.signal.reason);
		await setImmediate();
		expect(simulated.module.isLit).toBe(false);
		expect(simulated.clock.pending).toBe(0);
	});

	it('works without a light, and stops sending commands for it', async () => {
		const { simulated, scan } = await openReader(SMALL);
		simulated.module.injectFault('AuraLedConfig', noAnswer);
		simulated.module.placeFinger(IMAGE);
		await simulated.waitFor(simulated.reader.nextTouch(scan.signal));
		await simulated.waitFor(simulated.reader.nextTouch(scan.signal));
		expect(simulated.module.commands.filter((name) => name === 'AuraLedConfig')).toHaveLength(2);
	});

	it('rejects a second call during the first', async () => {
		const { simulated, scan } = await openReader();
		const touched = simulated.reader.nextTouch(scan.signal);
		await expect(simulated.reader.waitForLift(scan.signal)).rejects.toMatchObject({ error: 'DEVICE_BUSY' });
		scan.abort();
		await expect(touched).rejects.toBe(scan.signal.reason);
	});
});

describe('HidReader during an upload', () => {
	it('has raised baud rate and packet size, and restores both afterwards', async () => {
		const { simulated, scan } = await openReader();
		const settings: number[][] = [];
		simulated.module.injectFault('UpImage', (packets) => {
			settings.push([simulated.module.baud, simulated.module.packetSizeBytes]);
			return noFault(packets);
		});
		simulated.module.placeFinger(IMAGE);
		await simulated.waitFor(simulated.reader.nextTouch(scan.signal));
		expect(settings).toEqual([[115_200, 256]]);
		expect([simulated.module.baud, simulated.module.packetSizeBytes, simulated.port?.bridge.baud]).toEqual([
			57_600, 128, 57_600,
		]);
	});

	it('does not change the baud rate of a line without settings', async () => {
		const { simulated, scan } = await openReader({ bridge: 'ch9329' });
		simulated.module.placeFinger(IMAGE);
		await simulated.waitFor(simulated.reader.nextTouch(scan.signal));
		expect(simulated.module.commands.filter((name) => name === 'SetSysPara')).toHaveLength(2);
		expect([simulated.module.baud, simulated.module.packetSizeBytes]).toEqual([57_600, 128]);
	});

	it('uses the usual settings with a module that rejects changes', async () => {
		const { simulated, scan } = await openReader({ hasFixedSettings: true });
		simulated.module.placeFinger(IMAGE);
		expect(await simulated.waitFor(simulated.reader.nextTouch(scan.signal))).toEqual(SCANNED);
	});

	it('rejects immediately when aborted, and is ready again after the upload', async () => {
		const { simulated, scan, touched } = await openDuringUpload();
		const commands = simulated.module.commands.length;
		scan.abort();
		await expect(touched).rejects.toBe(scan.signal.reason);
		const next = simulated.reader.nextTouch(new AbortController().signal);
		await simulated.advance(1_000);
		expect(simulated.module.commands).toHaveLength(commands);
		expect(await simulated.waitFor(next)).toEqual(SCANNED);
		expect([simulated.module.baud, simulated.module.packetSizeBytes]).toEqual([57_600, 128]);
		expect(simulated.failures).toEqual([]);
	});

	it('does not repeat a failed upload for an aborted scan', async () => {
		const { simulated, scan, touched } = await openDuringUpload();
		simulated.module.stop();
		scan.abort();
		await expect(touched).rejects.toBe(scan.signal.reason);
		await simulated.advance(5_000);
		expect(simulated.module.commands.filter((name) => name === 'UpImage')).toHaveLength(1);
		expect(simulated.failures).toEqual([]);
	});

	it('rejects immediately when unplugged', async () => {
		const { simulated, touched } = await openDuringUpload();
		simulated.unplug();
		await expect(touched).rejects.toMatchObject({ error: 'DEVICE_DISCONNECTED' });
		await setImmediate();
		expect(simulated.clock.pending).toBe(0);
		expect(simulated.failures).toMatchObject([{ error: 'DEVICE_DISCONNECTED' }]);
		await simulated.reader.close();
		expect(simulated.port?.closeCalls).toBe(1);
	});

	it('waits for the end of the upload before it closes, so that the module keeps its settings', async () => {
		const { simulated, touched } = await openDuringUpload();
		const closed = simulated.reader.close();
		await expect(touched).rejects.toMatchObject({ error: 'DEVICE_INIT_FAILED' });
		await simulated.waitFor(closed);
		expect([simulated.module.baud, simulated.module.packetSizeBytes]).toEqual([57_600, 128]);
		expect(simulated.port?.closeCalls).toBe(1);
		expect(simulated.clock.pending).toBe(0);
		expect(simulated.failures).toEqual([]);
	});

	it('closes after at most 5 s, and then finds the module at its current baud rate', async () => {
		const { simulated, scan } = await openReader({ isPaced: true });
		simulated.module.placeFinger(IMAGE);
		simulated.module.injectFault('UpImage', (packets) => packets.flatMap((send) => [{ waitMs: 900 }, { send }]));
		const touched = simulated.reader.nextTouch(scan.signal);
		touched.catch(() => {});
		while (!simulated.module.commands.includes('UpImage')) await simulated.advance(50);
		const start = simulated.clock.now();
		await simulated.waitFor(simulated.reader.close());
		expect(simulated.clock.now() - start).toBeLessThanOrEqual(5_100);
		expect(simulated.port?.closeCalls).toBe(1);
		simulated.module.clearFaults();
		await simulated.waitFor(simulated.reader.open());
		expect(simulated.module.baud).toBe(115_200);
		expect(await simulated.waitFor(simulated.reader.nextTouch(new AbortController().signal))).toEqual(SCANNED);
	});
});

describe('HidReader when it stops working', () => {
	it('reports a failure once, rejects calls, and works again after close and open', async () => {
		const { simulated, scan } = await openReader(SMALL);
		simulated.module.placeFinger(IMAGE);
		simulated.module.injectFault('any', noAnswer);
		await expect(simulated.waitFor(simulated.reader.nextTouch(scan.signal))).rejects.toMatchObject({
			error: 'DEVICE_TIMEOUT',
		});
		await expect(simulated.reader.nextTouch(scan.signal)).rejects.toMatchObject({ error: 'DEVICE_TIMEOUT' });
		expect(simulated.failures).toMatchObject([{ error: 'DEVICE_TIMEOUT' }]);
		simulated.module.clearFaults();
		await simulated.reader.close();
		await simulated.waitFor(simulated.reader.open());
		await simulated.waitFor(simulated.reader.nextTouch(scan.signal));
		expect(simulated.ports.map((port) => port.closeCalls)).toEqual([1, 0]);
	});

	it('reports unplugging without a pending call, also after a fault', async () => {
		const { simulated, scan } = await openReader(SMALL);
		simulated.module.injectFault('any', noAnswer);
		await expect(simulated.waitFor(simulated.reader.nextTouch(scan.signal))).rejects.toThrow();
		simulated.unplug();
		await setImmediate();
		expect(simulated.failures.map(({ error }) => error)).toEqual(['DEVICE_TIMEOUT', 'DEVICE_DISCONNECTED']);
		await expect(simulated.reader.nextTouch(scan.signal)).rejects.toMatchObject({ error: 'DEVICE_DISCONNECTED' });
	});

	it('reports a sensor fault as a failure', async () => {
		const { simulated, scan } = await openReader(SMALL);
		simulated.module.injectFault('GenImg', answeredWith(0x29));
		await expect(simulated.waitFor(simulated.reader.nextTouch(scan.signal))).rejects.toMatchObject({
			error: 'DEVICE_INIT_FAILED',
			details: { confirmCode: 0x29 },
		});
		expect(simulated.failures).toHaveLength(1);
	});

	it('does not report an error about the finger as a failure', async () => {
		const { simulated, scan } = await openReader(SMALL);
		simulated.module.placeFinger(IMAGE);
		simulated.module.injectFault('UpImage', answeredWith(0x07), 1);
		await expect(simulated.waitFor(simulated.reader.nextTouch(scan.signal))).rejects.toMatchObject({ code: 2003 });
		expect(simulated.failures).toEqual([]);
		await simulated.waitFor(simulated.reader.nextTouch(scan.signal));
	});

	it('reports only the first fault', async () => {
		const { simulated, scan } = await openReader(SMALL);
		simulated.module.injectFault('any', noAnswer);
		await expect(simulated.waitFor(simulated.reader.nextTouch(scan.signal))).rejects.toThrow();
		simulated.port?.unplug(new ServiceError('DEVICE_INIT_FAILED'));
		await setImmediate();
		expect(simulated.failures).toMatchObject([{ error: 'DEVICE_TIMEOUT' }]);
	});

	it('reports a failure when the system revokes the device', async () => {
		const { simulated } = await openReader(SMALL);
		const reason = new ServiceError('DEVICE_INIT_FAILED');
		simulated.port?.unplug(reason);
		await setImmediate();
		expect(simulated.failures).toEqual([reason]);
		await simulated.reader.close();
		await simulated.waitFor(simulated.reader.open());
	});

	it('reports no failure when it is closed', async () => {
		const { simulated } = await openReader(SMALL);
		await simulated.reader.close();
		await setImmediate();
		expect(simulated.failures).toEqual([]);
	});
});
