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

	it('knocks again and again where the line has one speed', async () => {
		const { device, module, connection } = await createConnection({ bridge: 'raw' });
		module.injectFault('VfyPwd', noAnswer, 9);
		expect(await device.waitFor(findBaud(connection))).toBe(57_600);
		expect(module.commands).toHaveLength(10);
	});

	it('takes any answer for a sign of life, also a refusal', async () => {
		const { device, module, connection } = await createConnection();
		module.injectFault('VfyPwd', answeredWith(0x13));
		expect(await device.waitFor(findBaud(connection))).toBe(57_600);
	});

	it('gives up after ten tries, and at once when unplugged', async () => {
		const { device, module, connection } = await createConnection();
		module.injectFault('any', noAnswer);
		await expect(device.waitFor(findBaud(connection))).rejects.toMatchObject({ error: 'DEVICE_TIMEOUT' });
		const looking = findBaud(connection);
		device.unplug();
		await expect(looking).rejects.toMatchObject({ error: 'DEVICE_DISCONNECTED' });
		expect(device.clock.pending).toBe(0);
	});
});

describe('atFullSpeed', () => {
	/** Speed and packet size of module and line. */
	const settingsOf = ({ module, port }: SimulatedDevice) => [module.baud, module.packetSizeBytes, port?.bridge.baud];
	const FULL = [115_200, 256, 115_200];
	const BEFORE = [57_600, 128, 57_600];

	it('raises both for the upload and sets both back', async () => {
		const { device, connection } = await createConnection();
		expect(await device.waitFor(withFastestSettings(connection, USUAL, async () => settingsOf(device)))).toEqual(FULL);
		expect(settingsOf(device)).toEqual(BEFORE);
	});

	it('sets both back after a failure, and hands it on', async () => {
		const { device, connection } = await createConnection();
		const failure = new ServiceError('DEVICE_TIMEOUT');
		const failed = withFastestSettings(connection, USUAL, async () => {
			throw failure;
		});
		await expect(device.waitFor(failed)).rejects.toBe(failure);
		expect(settingsOf(device)).toEqual(BEFORE);
	});

	it('leaves alone what is highest already', async () => {
		const { device, module, connection } = await createConnection();
		await device.waitFor(withFastestSettings(connection, { packetSizeBytes: 256, baud: 115_200 }, async () => {}));
		expect(module.commands).toEqual([]);
	});

	it('uploads at the usual speed when the module refuses another', async () => {
		const { device, connection } = await createConnection({ hasFixedSettings: true });
		expect(await device.waitFor(withFastestSettings(connection, USUAL, async () => settingsOf(device)))).toEqual(
			BEFORE,
		);
	});

	it.each([1, 2, 3])('finds the module again when the answer to change %i of its settings is lost', async (change) => {
		const { device, module, connection } = await createConnection();
		let count = 0;
		module.injectFault('SetSysPara', (packets) => (++count === change ? [] : packets.map((send) => ({ send }))));
		expect(await device.waitFor(withFastestSettings(connection, USUAL, async () => settingsOf(device)))).toEqual(FULL);
		expect(settingsOf(device)).toEqual(BEFORE);
		expect(device.clock.pending).toBe(0);
	});

	it('tells a module again that was at another speed when it was told to set it back', async () => {
		const { device, connection } = await createConnection();
		// As if it had agreed to be faster, and become so only now.
		await device.waitFor(withFastestSettings(connection, USUAL, () => connection.line.setBaud(57_600)));
		expect(settingsOf(device)).toEqual(BEFORE);
	});

	it('sets the size of packets back also when the speed is in doubt', async () => {
		const { device, module, connection } = await createConnection();
		const doubtful = withFastestSettings(connection, USUAL, async () => module.injectFault('VfyPwd', noAnswer, 3));
		await expect(device.waitFor(doubtful)).rejects.toMatchObject({ error: 'DEVICE_TIMEOUT' });
		expect(module.packetSizeBytes).toBe(128);
	});

	it('gives up a module that falls silent', async () => {
		const { device, module, connection } = await createConnection();
		const lost = withFastestSettings(connection, USUAL, async () => module.injectFault('any', noAnswer));
		await expect(device.waitFor(lost)).rejects.toMatchObject({ error: 'DEVICE_TIMEOUT' });
		expect(device.clock.pending).toBe(0);
	});
});
