import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../../protocol/errors.ts';
import { UnavailableReader } from './unavailable-reader.ts';

const info = { driver: 'hid', serialNumber: 'A', model: 'Reader', firmwareVersion: 'unknown', isVirtual: false };

describe('UnavailableReader', () => {
	it('says at each attempt to open it why it is out of reach, until it is not', async () => {
		const outcomes = [new ServiceError('DEVICE_INIT_FAILED'), new ServiceError('DEVICE_TIMEOUT'), undefined];
		let mended = 0;
		const reader = new UnavailableReader({
			info,
			check: async () => {
				const outcome = outcomes.shift();
				if (outcome) throw outcome;
			},
			onMended: () => mended++,
		});
		await expect(reader.open()).rejects.toMatchObject({ error: 'DEVICE_INIT_FAILED' });
		await expect(reader.open()).rejects.toMatchObject({ error: 'DEVICE_TIMEOUT' });
		expect(mended).toBe(0);
		await reader.open();
		await reader.close();
		expect(mended).toBe(1);
	});

	it('takes no finger', async () => {
		const reader = new UnavailableReader({ info, check: async () => {}, onMended: () => {} });
		const { signal } = new AbortController();
		await expect(reader.nextTouch(signal)).rejects.toMatchObject({ error: 'DEVICE_INIT_FAILED' });
		await expect(reader.waitForLift(signal)).rejects.toMatchObject({ error: 'DEVICE_INIT_FAILED' });
		await expect(reader.nextTouch(AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
	});
});
