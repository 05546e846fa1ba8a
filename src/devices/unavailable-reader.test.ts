import { describe, expect, it } from 'vitest';
import { ServiceError } from '../protocol/errors.ts';
import { UnavailableReader } from './unavailable-reader.ts';

const info = { driver: 'hid', serialNumber: 'A', model: 'Reader', firmwareVersion: 'unknown', isVirtual: false };

describe('UnavailableReader', () => {
	it('reports the reason at each attempt to open it, until it is available', async () => {
		const outcomes = [new ServiceError('DEVICE_INIT_FAILED'), new ServiceError('DEVICE_TIMEOUT'), undefined];
		let availableCount = 0;
		const reader = new UnavailableReader({
			info,
			retry: async () => {
				const outcome = outcomes.shift();
				if (outcome) throw outcome;
				availableCount++;
			},
		});
		await expect(reader.open()).rejects.toMatchObject({ error: 'DEVICE_INIT_FAILED' });
		await expect(reader.open()).rejects.toMatchObject({ error: 'DEVICE_TIMEOUT' });
		expect(availableCount).toBe(0);
		await reader.open();
		await reader.close();
		expect(availableCount).toBe(1);
	});

	it('refuses to wait for a touch or a lift', async () => {
		const reader = new UnavailableReader({ info, retry: async () => {} });
		const { signal } = new AbortController();
		await expect(reader.nextTouch(signal)).rejects.toMatchObject({ error: 'DEVICE_INIT_FAILED' });
		await expect(reader.waitForLift(signal)).rejects.toMatchObject({ error: 'DEVICE_INIT_FAILED' });
		await expect(reader.nextTouch(AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
	});
});
