import { describe, expect, it } from 'vitest';
import { usbId } from './hid-device.ts';
import { listHidDevices } from './list-hid-devices.ts';

const LISTED = { vendorId: 0x10c4, productId: 0xea80, usagePage: 0xff00, interface: 0, serialNumber: 'A' };

describe('listHidDevices', () => {
	it('returns devices with a path, and only the fields of HidDevice', async () => {
		const devicesAsync = async () => [
			{ ...LISTED, path: '/dev/hidraw0', release: 1, product: 'CP2110', usage: 1 },
			{ ...LISTED, release: 1 },
		];
		expect(await listHidDevices(async () => ({ devicesAsync }))).toEqual([{ ...LISTED, path: '/dev/hidraw0' }]);
	});

	it('reports why the system cannot list devices', async () => {
		const devicesAsync = () => Promise.reject(new Error('udev is not there'));
		await expect(listHidDevices(async () => ({ devicesAsync }))).rejects.toMatchObject({
			error: 'DEVICE_INIT_FAILED',
			message: expect.stringContaining('udev is not there'),
		});
	});
});

describe('usbId', () => {
	it('formats both ids with four digits', () => {
		expect(usbId({ vendorId: 0x403, productId: 1 })).toBe('0403:0001');
	});
});
