import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger as logger } from '../log/silent-logger.ts';
import { DeviceIds } from './device-ids.ts';

let dataDir: string;
beforeEach(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'device-ids-'));
});
afterEach(async () => {
	await rm(dataDir, { recursive: true });
});

describe('DeviceIds', () => {
	it('numbers readers in order of first arrival, by driver and serial number', async () => {
		const ids = await DeviceIds.open({ dataDir, logger });
		expect(ids.idOf({ driver: 'virtual', serialNumber: 'A' })).toBe('device-001');
		expect(ids.idOf({ driver: 'hid', serialNumber: 'A' })).toBe('device-002');
		expect(ids.idOf({ driver: 'virtual', serialNumber: 'A' })).toBe('device-001');
		expect(ids.find('device-002')).toEqual({ driver: 'hid', serialNumber: 'A' });
		expect(ids.find('device-003')).toBeUndefined();
		await ids.flush();
	});

	it('keeps ids across a restart', async () => {
		const before = await DeviceIds.open({ dataDir, logger });
		before.idOf({ driver: 'hid', serialNumber: 'A' });
		before.idOf({ driver: 'hid', serialNumber: 'B' });
		await before.flush();
		const after = await DeviceIds.open({ dataDir, logger });
		expect(after.idOf({ driver: 'hid', serialNumber: 'C' })).toBe('device-003');
		expect(after.idOf({ driver: 'hid', serialNumber: 'B' })).toBe('device-002');
		await after.flush();
	});

	it('rejects a damaged file and leaves it unchanged', async () => {
		const path = join(dataDir, 'devices.json');
		const damaged = '{"devices":[{"id":"device-1"';
		await writeFile(path, damaged);
		await expect(DeviceIds.open({ dataDir, logger })).rejects.toMatchObject({
			code: 5003,
			message: expect.stringContaining('devices.json'),
		});
		expect(await readFile(path, 'utf8')).toBe(damaged);
	});

	it('still assigns ids when writing fails, and logs the failure', async () => {
		const errors: string[] = [];
		const ids = await DeviceIds.open({ dataDir, logger: { ...logger, error: (message) => errors.push(message) } });
		await rm(dataDir, { recursive: true });
		await writeFile(dataDir, 'a file where the folder was');
		expect(ids.idOf({ driver: 'hid', serialNumber: 'A' })).toBe('device-001');
		await ids.flush();
		expect(errors).toEqual(['Device ids could not be saved']);
	});
});
