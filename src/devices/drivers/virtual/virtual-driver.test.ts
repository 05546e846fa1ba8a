import { describe, expect, it } from 'vitest';
import type { ServiceError } from '../../../protocol/errors.ts';
import { FakeClock } from '../../../time/testing/fake-clock.ts';
import type { Reader } from '../../reader.ts';
import type { TouchRequest } from '../../virtual-control.ts';
import { FakeFingerSynthesis } from './testing/fake-finger-synthesis.ts';
import { VirtualDriver } from './virtual-driver.ts';

const SERIAL_NUMBER = 'VIRTUAL-0001';
const INDEX_FINGER: TouchRequest = { person: 1, finger: 2, condition: 'good', window: 'full' };

async function startDriver() {
	const synthesis = new FakeFingerSynthesis();
	const driver = new VirtualDriver({ clock: new FakeClock(), autoTouch: false, touchDelayMs: 700, synthesis });
	const readers: Reader[] = [];
	const events: unknown[] = [];
	await driver.start({
		arrived: (reader) => {
			readers.push(reader);
			events.push(['arrived', reader.info.serialNumber]);
		},
		departed: (reader, reason) => events.push(['departed', reader.info.serialNumber, reason]),
		faulted: (reader, error: ServiceError) => events.push(['faulted', reader.info.serialNumber, error.error]),
		crashed: (error) => events.push(['crashed', error.error]),
	});
	for (const reader of readers) await reader.open();
	return { driver, synthesis, readers, events };
}

describe('VirtualDriver', () => {
	it('reports two plugged-in readers', async () => {
		const { events } = await startDriver();
		expect(events).toEqual([
			['arrived', 'VIRTUAL-0001'],
			['arrived', 'VIRTUAL-0002'],
		]);
	});

	it('places a finger on the reader with the given serial number and lifts it', async () => {
		const { driver, readers } = await startDriver();
		const { signal } = new AbortController();
		await driver.touch('VIRTUAL-0002', INDEX_FINGER);
		await expect(readers[1]?.nextTouch(signal)).resolves.toBeDefined();
		driver.lift('VIRTUAL-0002');
		await expect(readers[1]?.waitForLift(signal)).resolves.toBeUndefined();
	});

	it('reports an unplugged reader, and a new reader without a finger when it is plugged in again', async () => {
		const { driver, events, readers } = await startDriver();
		await driver.touch(SERIAL_NUMBER, INDEX_FINGER);
		driver.unplug(SERIAL_NUMBER);
		driver.plug(SERIAL_NUMBER);
		expect(events.slice(2)).toEqual([
			['departed', SERIAL_NUMBER, 'Device unplugged'],
			['arrived', SERIAL_NUMBER],
		]);
		expect(readers[2]).not.toBe(readers[0]);
		await readers[2]?.open();
		await expect(readers[2]?.waitForLift(new AbortController().signal)).resolves.toBeUndefined();
	});

	it('does nothing when a plugged-in reader is plugged in', async () => {
		const { driver, events } = await startDriver();
		driver.plug(SERIAL_NUMBER);
		expect(events).toHaveLength(2);
	});

	it.each(['DEVICE_INIT_FAILED', 'DEVICE_TIMEOUT'] as const)('reports a fault: %s', async (error) => {
		const { driver, events, readers } = await startDriver();
		const waiting = expect(readers[0]?.nextTouch(new AbortController().signal)).rejects.toMatchObject({ error });
		driver.fault(SERIAL_NUMBER, error);
		await waiting;
		expect(events.at(-1)).toEqual(['faulted', SERIAL_NUMBER, error]);
	});

	it.each<[string, (driver: VirtualDriver, serialNumber: string) => unknown]>([
		['touch', (driver, serialNumber) => driver.touch(serialNumber, INDEX_FINGER)],
		['lift', (driver, serialNumber) => driver.lift(serialNumber)],
		['unplug', (driver, serialNumber) => driver.unplug(serialNumber)],
		['fault', (driver, serialNumber) => driver.fault(serialNumber, 'DEVICE_TIMEOUT')],
	])('refuses to %s an unknown or unplugged reader', async (_name, act) => {
		const { driver } = await startDriver();
		driver.unplug(SERIAL_NUMBER);
		for (const serialNumber of [SERIAL_NUMBER, 'VIRTUAL-9999']) {
			await expect(async () => act(driver, serialNumber)).rejects.toMatchObject({
				error: 'DEVICE_NOT_FOUND',
				details: { serialNumber },
			});
		}
	});

	it('refuses to plug an unknown reader', async () => {
		const { driver } = await startDriver();
		expect(() => driver.plug('VIRTUAL-9999')).toThrow('Device not found');
	});

	it('rejects a touch if the reader is unplugged during its synthesis', async () => {
		const { driver, synthesis } = await startDriver();
		synthesis.hold();
		const touching = driver.touch(SERIAL_NUMBER, INDEX_FINGER);
		driver.unplug(SERIAL_NUMBER);
		synthesis.release();
		await expect(touching).rejects.toMatchObject({ error: 'DEVICE_DISCONNECTED' });
	});

	it('can be stopped twice and then has no readers', async () => {
		const { driver, events } = await startDriver();
		await driver.stop();
		await driver.stop();
		expect(() => driver.unplug(SERIAL_NUMBER)).toThrow('Device not found');
		expect(() => driver.plug(SERIAL_NUMBER)).toThrow('Device not found');
		expect(events).toHaveLength(2);
	});
});
