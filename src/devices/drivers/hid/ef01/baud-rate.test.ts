import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../../../protocol/errors.ts';
import { answeredWith, noAnswer } from '../testing/ef01-faults.ts';
import { SimulatedDevice, type SimulatedDeviceOptions } from '../testing/simulated-device.ts';
import { BRIDGES } from '../transport/bridges/bridges.ts';
import { SerialLine } from '../transport/serial-line.ts';
import { findBaud, withFastestSettings } from './baud-rate.ts';
import type { SystemParameters } from './commands.ts';
import { Ef01Connection } from './ef01-connection.ts';

const USUAL: SystemParameters = { packetSizeBytes: 128, baud: 57_600 };

async function createConnection(options: SimulatedDeviceOptions = {}) {
	const device = new SimulatedDevice(options);
	const line = new SerialLine(await device.openPort(), BRIDGES[device.bridge], device.clock);
	await line.open(57_600);
	return { device, module: device.module, connection: new Ef01Connection(line, device.clock) };
}

describe('findBaud', () => {
	it.each([57_600, 115_200, 9_600, 38_400, 19_200])(
		'finds a module at %i baud and leaves the line there',
		async (baud) => {
			const { device, module, connection } = await createConnection();
			module.baud = baud;
			expect(await device.waitFor(findBaud(connection))).toBe(baud);
			expect(device.port?.bridge.baud).toBe(baud);
			expect(device.clock.pending).toBe(0);
		},
	);

	it('waits for a module that is still starting', async () => {
		const { device, module, connection } = await createConnection();
		module.injectFault('VfyPwd', noAnswer, 1);
		expect(await device.waitFor(findBaud(connection))).toBe(57_600);
	});

	it('probes ten times on a line with a fixed baud rate', async () => {
		const { device, module, connection } = await createConnection({ bridge: 'raw' });
		module.injectFault('VfyPwd', noAnswer, 9);
		expect(await device.waitFor(findBaud(connection))).toBe(57_600);
		expect(module.commands).toHaveLength(10);
	});

	it('accepts any answer, including an error code', async () => {
		const { device, module, connection } = await createConnection();
		module.injectFault('VfyPwd', answeredWith(0x13));
		expect(await device.waitFor(findBaud(connection))).toBe(57_600);
	});

	it('rejects after ten probes, and immediately when unplugged', async () => {
		const { device, module, connection } = await createConnection();
		module.injectFault('any', noAnswer);
		await expect(device.waitFor(findBaud(connection))).rejects.toMatchObject({ error: 'DEVICE_TIMEOUT' });
		const search = findBaud(connection);
		device.unplug();
		await expect(search).rejects.toMatchObject({ error: 'DEVICE_DISCONNECTED' });
		expect(device.clock.pending).toBe(0);
	});
});

describe('atFullSpeed', () => {
	/** Baud rate of the module, its packet size, and baud rate of the line. */
	const settingsOf = ({ module, port }: SimulatedDevice) => [module.baud, module.packetSizeBytes, port?.bridge.baud];
	const FULL = [115_200, 256, 115_200];
	const BEFORE = [57_600, 128, 57_600];

	it('raises baud rate and packet size for the upload, and restores both', async () => {
		const { device, connection } = await createConnection();
		expect(await device.waitFor(withFastestSettings(connection, USUAL, async () => settingsOf(device)))).toEqual(FULL);
		expect(settingsOf(device)).toEqual(BEFORE);
	});

	it('restores both after a failed upload, and rejects with its error', async () => {
		const { device, connection } = await createConnection();
		const failure = new ServiceError('DEVICE_TIMEOUT');
		const failed = withFastestSettings(connection, USUAL, async () => {
			throw failure;
		});
		await expect(device.waitFor(failed)).rejects.toBe(failure);
		expect(settingsOf(device)).toEqual(BEFORE);
	});

	it('sends no command when both have their highest values', async () => {
		const { device, module, connection } = await createConnection();
		await device.waitFor(withFastestSettings(connection, { packetSizeBytes: 256, baud: 115_200 }, async () => {}));
		expect(module.commands).toEqual([]);
	});

	it('uploads with the usual settings when the module refuses to change them', async () => {
		const { device, connection } = await createConnection({ hasFixedSettings: true });
		expect(await device.waitFor(withFastestSettings(connection, USUAL, async () => settingsOf(device)))).toEqual(
			BEFORE,
		);
	});

	it.each([1, 2, 3])('finds the module when the answer to settings change %i is lost', async (change) => {
		const { device, module, connection } = await createConnection();
		let count = 0;
		module.injectFault('SetSysPara', (packets) => (++count === change ? [] : packets.map((send) => ({ send }))));
		expect(await device.waitFor(withFastestSettings(connection, USUAL, async () => settingsOf(device)))).toEqual(FULL);
		expect(settingsOf(device)).toEqual(BEFORE);
		expect(device.clock.pending).toBe(0);
	});

	it('repeats the command to restore the baud rate when the module did not receive it', async () => {
		const { device, connection } = await createConnection();
		// Simulates a module that changed its rate only after the probes.
		await device.waitFor(withFastestSettings(connection, USUAL, () => connection.line.setBaud(57_600)));
		expect(settingsOf(device)).toEqual(BEFORE);
	});

	it('restores the packet size when the module does not answer the probes of its baud rate', async () => {
		const { device, module, connection } = await createConnection();
		const failed = withFastestSettings(connection, USUAL, async () => module.injectFault('VfyPwd', noAnswer, 3));
		await expect(device.waitFor(failed)).rejects.toMatchObject({ error: 'DEVICE_TIMEOUT' });
		expect(module.packetSizeBytes).toBe(128);
	});

	it('rejects when the module stops answering', async () => {
		const { device, module, connection } = await createConnection();
		const lost = withFastestSettings(connection, USUAL, async () => module.injectFault('any', noAnswer));
		await expect(device.waitFor(lost)).rejects.toMatchObject({ error: 'DEVICE_TIMEOUT' });
		expect(device.clock.pending).toBe(0);
	});
});
