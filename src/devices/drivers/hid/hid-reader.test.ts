import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { GreyImage } from '../../../biometrics/images/grey-image.ts';
import { ServiceError } from '../../../protocol/errors.ts';
import { describeReaderContract } from '../../testing/reader-contract.ts';
import { refused, silence, undisturbed } from './testing/ef01-disturbances.ts';
import type { SimulatedDeviceOptions } from './testing/simulated-device.ts';
import { SimulatedReader } from './testing/simulated-reader.ts';
import { BRIDGES, type BridgeName } from './transport/bridges/bridges.ts';

/** Every grey level, in the size of the sensor. */
const PICTURE: GreyImage = {
	width: 256,
	height: 288,
	dpi: 500,
	data: Uint8Array.from({ length: 256 * 288 }, (_, i) => i),
};
/** What is left of it after 4 bits a pixel. */
const SCANNED: GreyImage = { ...PICTURE, data: PICTURE.data.map((level) => (level >> 4) * 17) };
/** A module whose pictures are quickly sent. */
const SMALL = { model: 'R503', sensor: { width: 64, height: 64 } };

async function openReader(options: SimulatedDeviceOptions = {}) {
	const rig = new SimulatedReader(options);
	await rig.until(rig.reader.open());
	rig.module.commands.length = 0;
	return { rig, scan: new AbortController() };
}

/** Bring a scan to where the picture is on its way. */
async function openMidPicture(options: SimulatedDeviceOptions = {}) {
	const { rig, scan } = await openReader({ ...options, isPaced: true });
	rig.module.putDown(PICTURE);
	const touched = rig.reader.nextTouch(scan.signal);
	touched.catch(() => {});
	while (!rig.module.commands.includes('UpImage')) await rig.pass(50);
	await rig.pass(200);
	return { rig, scan, touched };
}

for (const bridge of Object.keys(BRIDGES) as BridgeName[]) {
	describeReaderContract(`HidReader behind ${bridge}`, async () => {
		const rig = new SimulatedReader({ ...SMALL, bridge });
		return {
			reader: rig.reader,
			touch: async () => {
				rig.module.putDown(PICTURE);
				await rig.pass(200);
			},
			lift: async () => {
				rig.module.lift();
				await rig.pass(200);
			},
			unplug: async () => rig.unplug(),
			fault: async () => {
				rig.module.disturb('any', silence);
				await rig.pass(10_000);
				rig.module.mend();
				return 'DEVICE_TIMEOUT';
			},
		};
	});
}

describe('HidReader when opened', () => {
	it('finds the module and asks what it is', async () => {
		const rig = new SimulatedReader();
		await rig.reader.open();
		expect(rig.module.commands).toEqual(['VfyPwd', 'VfyPwd', 'ReadSysPara', 'ReadProdInfo', 'ReadProdInfo']);
		expect(rig.clock.pending).toBe(0);
	});

	it.each([115_200, 9_600, 38_400, 19_200])('finds a module that was left at %i baud', async (baud) => {
		const rig = new SimulatedReader();
		rig.module.baud = baud;
		await rig.until(rig.reader.open());
		expect(rig.port?.bridge.baud).toBe(baud);
	});

	it('gives up when nothing answers, and closes what it opened', async () => {
		const rig = new SimulatedReader();
		rig.module.disturb('any', silence);
		await expect(rig.until(rig.reader.open())).rejects.toMatchObject({
			error: 'DEVICE_TIMEOUT',
			message: expect.stringContaining('check its wiring'),
		});
		expect(rig.ports.map((port) => port.closeCalls)).toEqual([1]);
		expect(rig.clock.pending).toBe(0);
		rig.module.mend();
		await rig.until(rig.reader.open());
	});

	it('says what to do about a module with a password', async () => {
		const rig = new SimulatedReader();
		rig.module.disturb('VfyPwd', refused(0x13));
		await expect(rig.reader.open()).rejects.toMatchObject({
			error: 'DEVICE_INIT_FAILED',
			message: expect.stringContaining('password'),
		});
		expect(rig.port?.closeCalls).toBe(1);
	});

	it('fails when it is unplugged meanwhile', async () => {
		const rig = new SimulatedReader({ isPaced: true });
		const opening = rig.reader.open();
		await setImmediate();
		rig.unplug();
		await expect(opening).rejects.toMatchObject({ error: 'DEVICE_INIT_FAILED' });
		expect(rig.port?.closeCalls).toBe(1);
		expect(rig.clock.pending).toBe(0);
	});

	it('is opened once, however often it is asked to', async () => {
		const rig = new SimulatedReader();
		await Promise.all([rig.reader.open(), rig.reader.open()]);
		await rig.reader.open();
		expect(rig.ports).toHaveLength(1);
	});

	it('closes what an opening under way opens, once that is done', async () => {
		const rig = new SimulatedReader();
		await Promise.all([rig.reader.open(), rig.reader.close()]);
		expect(rig.ports.map((port) => port.closeCalls)).toEqual([1]);
	});

	it('works with a module that does not know how it is set', async () => {
		const rig = new SimulatedReader();
		rig.module.disturb('ReadSysPara', silence);
		await rig.until(rig.reader.open());
		rig.module.putDown(PICTURE);
		expect(await rig.until(rig.reader.nextTouch(new AbortController().signal))).toEqual(SCANNED);
		expect(rig.module.commands).not.toContain('SetSysPara');
	});
});

describe('HidReader waiting for a finger', () => {
	it('gives 8-bit pixels of the 4 bits that the module sends', async () => {
		const { rig, scan } = await openReader();
		rig.module.putDown(PICTURE);
		expect(await rig.until(rig.reader.nextTouch(scan.signal))).toEqual(SCANNED);
	});

	it('takes the size from what the module says of itself', async () => {
		const { rig, scan } = await openReader({ model: 'R503', sensor: { width: 192, height: 192 } });
		rig.module.putDown(PICTURE);
		expect(await rig.until(rig.reader.nextTouch(scan.signal))).toMatchObject({ width: 192, height: 192, dpi: 508 });
	});

	it('looks every 100 ms', async () => {
		const { rig, scan } = await openReader();
		const touched = rig.reader.nextTouch(scan.signal);
		await rig.pass(1_000);
		scan.abort();
		await expect(touched).rejects.toBe(scan.signal.reason);
		expect(rig.module.commands.filter((name) => name === 'GenImg').length).toBeGreaterThanOrEqual(9);
		expect(rig.module.commands.filter((name) => name === 'GenImg').length).toBeLessThanOrEqual(11);
	});

	it('goes on looking when a picture could not be taken', async () => {
		const { rig, scan } = await openReader(SMALL);
		rig.module.putDown(PICTURE);
		rig.module.disturb('GenImg', refused(0x03), 2);
		await rig.until(rig.reader.nextTouch(scan.signal));
		expect(rig.module.commands.filter((name) => name === 'GenImg')).toHaveLength(3);
	});

	it('does not take a picture that could not be taken for a lift', async () => {
		const { rig, scan } = await openReader(SMALL);
		rig.module.disturb('GenImg', refused(0x03), 2);
		await rig.until(rig.reader.waitForLift(scan.signal));
		expect(rig.module.commands).toEqual(['GenImg', 'GenImg', 'GenImg']);
	});

	it.each([
		['a ring light', SMALL],
		['a plain light', {}],
	])('shows with %s that it waits, until the finger rests', async (_what, options) => {
		const { rig, scan } = await openReader(options);
		const touched = rig.reader.nextTouch(scan.signal);
		await rig.pass(200);
		expect(rig.module.isLit).toBe(true);
		rig.module.putDown(PICTURE);
		await rig.until(touched);
		expect(rig.module.isLit).toBe(false);
	});

	it('puts out the light after an abort', async () => {
		const { rig, scan } = await openReader();
		const touched = rig.reader.nextTouch(scan.signal);
		await rig.pass(200);
		scan.abort();
		await expect(touched).rejects.toBe(scan.signal.reason);
		await setImmediate();
		expect(rig.module.isLit).toBe(false);
		expect(rig.clock.pending).toBe(0);
	});

	it('works without a light, and asks for it no more', async () => {
		const { rig, scan } = await openReader(SMALL);
		rig.module.disturb('AuraLedConfig', silence);
		rig.module.putDown(PICTURE);
		await rig.until(rig.reader.nextTouch(scan.signal));
		await rig.until(rig.reader.nextTouch(scan.signal));
		expect(rig.module.commands.filter((name) => name === 'AuraLedConfig')).toHaveLength(2);
	});

	it('refuses a second call while one waits', async () => {
		const { rig, scan } = await openReader();
		const touched = rig.reader.nextTouch(scan.signal);
		await expect(rig.reader.waitForLift(scan.signal)).rejects.toMatchObject({ error: 'DEVICE_BUSY' });
		scan.abort();
		await expect(touched).rejects.toBe(scan.signal.reason);
	});
});

describe('HidReader with a picture on its way', () => {
	it('has raised speed and size of packets for it, and sets both back', async () => {
		const { rig, scan } = await openReader();
		const settings: number[][] = [];
		rig.module.disturb('UpImage', (packets) => {
			settings.push([rig.module.baud, rig.module.packetSizeBytes]);
			return undisturbed(packets);
		});
		rig.module.putDown(PICTURE);
		await rig.until(rig.reader.nextTouch(scan.signal));
		expect(settings).toEqual([[115_200, 256]]);
		expect([rig.module.baud, rig.module.packetSizeBytes, rig.port?.bridge.baud]).toEqual([57_600, 128, 57_600]);
	});

	it('leaves the speed of a line alone that cannot be set', async () => {
		const { rig, scan } = await openReader({ bridge: 'ch9329' });
		rig.module.putDown(PICTURE);
		await rig.until(rig.reader.nextTouch(scan.signal));
		expect(rig.module.commands.filter((name) => name === 'SetSysPara')).toHaveLength(2);
		expect([rig.module.baud, rig.module.packetSizeBytes]).toEqual([57_600, 128]);
	});

	it('takes it at the usual speed from a module that refuses to be set', async () => {
		const { rig, scan } = await openReader({ hasFixedSettings: true });
		rig.module.putDown(PICTURE);
		expect(await rig.until(rig.reader.nextTouch(scan.signal))).toEqual(SCANNED);
	});

	it('ends at once when aborted, and is ready again when the picture has passed', async () => {
		const { rig, scan, touched } = await openMidPicture();
		const commands = rig.module.commands.length;
		scan.abort();
		await expect(touched).rejects.toBe(scan.signal.reason);
		const next = rig.reader.nextTouch(new AbortController().signal);
		await rig.pass(1_000);
		expect(rig.module.commands).toHaveLength(commands);
		expect(await rig.until(next)).toEqual(SCANNED);
		expect([rig.module.baud, rig.module.packetSizeBytes]).toEqual([57_600, 128]);
		expect(rig.failures).toEqual([]);
	});

	it('does not fetch it again for a scan that is over', async () => {
		const { rig, scan, touched } = await openMidPicture();
		rig.module.stop();
		scan.abort();
		await expect(touched).rejects.toBe(scan.signal.reason);
		await rig.pass(5_000);
		expect(rig.module.commands.filter((name) => name === 'UpImage')).toHaveLength(1);
		expect(rig.failures).toEqual([]);
	});

	it('ends at once when unplugged', async () => {
		const { rig, touched } = await openMidPicture();
		rig.unplug();
		await expect(touched).rejects.toMatchObject({ error: 'DEVICE_DISCONNECTED' });
		await setImmediate();
		expect(rig.clock.pending).toBe(0);
		expect(rig.failures).toMatchObject([{ error: 'DEVICE_DISCONNECTED' }]);
		await rig.reader.close();
		expect(rig.port?.closeCalls).toBe(1);
	});

	it('lets it pass before it closes, so that the module is left as it was found', async () => {
		const { rig, touched } = await openMidPicture();
		const closed = rig.reader.close();
		await expect(touched).rejects.toMatchObject({ error: 'DEVICE_INIT_FAILED' });
		await rig.until(closed);
		expect([rig.module.baud, rig.module.packetSizeBytes]).toEqual([57_600, 128]);
		expect(rig.port?.closeCalls).toBe(1);
		expect(rig.clock.pending).toBe(0);
		expect(rig.failures).toEqual([]);
	});

	it('closes after 5 s in any case, and finds the module again at whatever speed it was left', async () => {
		const { rig, scan } = await openReader({ isPaced: true });
		rig.module.putDown(PICTURE);
		rig.module.disturb('UpImage', (packets) => packets.flatMap((send) => [{ waitMs: 900 }, { send }]));
		const touched = rig.reader.nextTouch(scan.signal);
		touched.catch(() => {});
		while (!rig.module.commands.includes('UpImage')) await rig.pass(50);
		const start = rig.clock.now();
		await rig.until(rig.reader.close());
		expect(rig.clock.now() - start).toBeLessThanOrEqual(5_100);
		expect(rig.port?.closeCalls).toBe(1);
		rig.module.mend();
		await rig.until(rig.reader.open());
		expect(rig.module.baud).toBe(115_200);
		expect(await rig.until(rig.reader.nextTouch(new AbortController().signal))).toEqual(SCANNED);
	});
});

describe('HidReader when it stops working', () => {
	it('says so once, refuses calls, and works again once closed and opened', async () => {
		const { rig, scan } = await openReader(SMALL);
		rig.module.putDown(PICTURE);
		rig.module.disturb('any', silence);
		await expect(rig.until(rig.reader.nextTouch(scan.signal))).rejects.toMatchObject({ error: 'DEVICE_TIMEOUT' });
		await expect(rig.reader.nextTouch(scan.signal)).rejects.toMatchObject({ error: 'DEVICE_TIMEOUT' });
		expect(rig.failures).toMatchObject([{ error: 'DEVICE_TIMEOUT' }]);
		rig.module.mend();
		await rig.reader.close();
		await rig.until(rig.reader.open());
		await rig.until(rig.reader.nextTouch(scan.signal));
		expect(rig.ports.map((port) => port.closeCalls)).toEqual([1, 0]);
	});

	it('says also when nobody waits that it is gone, after a fault as well', async () => {
		const { rig, scan } = await openReader(SMALL);
		rig.module.disturb('any', silence);
		await expect(rig.until(rig.reader.nextTouch(scan.signal))).rejects.toThrow();
		rig.unplug();
		await setImmediate();
		expect(rig.failures.map(({ error }) => error)).toEqual(['DEVICE_TIMEOUT', 'DEVICE_DISCONNECTED']);
		await expect(rig.reader.nextTouch(scan.signal)).rejects.toMatchObject({ error: 'DEVICE_DISCONNECTED' });
	});

	it('reports a fault of the sensor as one', async () => {
		const { rig, scan } = await openReader(SMALL);
		rig.module.disturb('GenImg', refused(0x29));
		await expect(rig.until(rig.reader.nextTouch(scan.signal))).rejects.toMatchObject({
			error: 'DEVICE_INIT_FAILED',
			details: { confirmCode: 0x29 },
		});
		expect(rig.failures).toHaveLength(1);
	});

	it('does not count what the module says about a finger as a fault', async () => {
		const { rig, scan } = await openReader(SMALL);
		rig.module.putDown(PICTURE);
		rig.module.disturb('UpImage', refused(0x07), 1);
		await expect(rig.until(rig.reader.nextTouch(scan.signal))).rejects.toMatchObject({ code: 2003 });
		expect(rig.failures).toEqual([]);
		await rig.until(rig.reader.nextTouch(scan.signal));
	});

	it('counts its first fault alone', async () => {
		const { rig, scan } = await openReader(SMALL);
		rig.module.disturb('any', silence);
		await expect(rig.until(rig.reader.nextTouch(scan.signal))).rejects.toThrow();
		rig.port?.unplug(new ServiceError('DEVICE_INIT_FAILED'));
		await setImmediate();
		expect(rig.failures).toMatchObject([{ error: 'DEVICE_TIMEOUT' }]);
	});

	it('says so when the system takes the device away', async () => {
		const { rig } = await openReader(SMALL);
		const reason = new ServiceError('DEVICE_INIT_FAILED');
		rig.port?.unplug(reason);
		await setImmediate();
		expect(rig.failures).toEqual([reason]);
		await rig.reader.close();
		await rig.until(rig.reader.open());
	});

	it('says nothing of itself when it is closed', async () => {
		const { rig } = await openReader(SMALL);
		await rig.reader.close();
		await setImmediate();
		expect(rig.failures).toEqual([]);
	});
});
