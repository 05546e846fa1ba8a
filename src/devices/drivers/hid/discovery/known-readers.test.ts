import { describe, expect, it } from 'vitest';
import { HID_BRIDGES } from '../../../../config/hid-reader-entry.ts';
import { BRIDGES } from '../transport/bridges/bridges.ts';
import type { HidDevice } from './hid-device.ts';
import { findCandidates, parseHidReaders } from './known-readers.ts';

const CP2110: HidDevice = {
	path: '/dev/hidraw2',
	vendorId: 0x10c4,
	productId: 0xea80,
	usagePage: 0xff00,
	interface: 0,
	serialNumber: 'A',
};
const KEYBOARD: HidDevice = { ...CP2110, path: '/dev/hidraw0', vendorId: 0x046d, productId: 0xc31c, usagePage: 1 };
const CH9329: HidDevice = { ...CP2110, path: '/dev/hidraw1', vendorId: 0x1a86, productId: 0xe429, usagePage: 0xffa0 };
const FT260: HidDevice = { ...CP2110, path: '/dev/hidraw3', vendorId: 0x0403, productId: 0x6030 };

const find = (devices: HidDevice[], ...readers: string[]) => findCandidates(devices, parseHidReaders(readers));

describe('findCandidates', () => {
	it('finds only bridges that are probed by default when hid.readers is empty', () => {
		expect(find([KEYBOARD, CH9329, FT260, CP2110])).toEqual([
			{ device: CP2110, bridge: 'cp2110', model: 'Fingerprint module (CP2110)', isConfigured: false },
		]);
	});

	it('ignores a device with the same ids and another usage page', () => {
		expect(find([{ ...CP2110, usagePage: 0x0c }])).toEqual([]);
	});

	it('marks devices in hid.readers as configured, with any usage page', () => {
		expect(find([CH9329, CP2110], '1a86:e429=ch9329', '10c4:ea80=raw')).toEqual([
			{ device: CH9329, bridge: 'ch9329', model: 'Fingerprint module (CH9329)', isConfigured: true },
			{ device: CP2110, bridge: 'raw', model: 'Fingerprint module (10c4:ea80)', isConfigured: true },
		]);
	});

	it('requires the usage page of the entry in hid.readers', () => {
		expect(find([CH9329], '1a86:e429:ff00=ch9329')).toEqual([]);
		expect(find([CH9329], '1a86:e429:ffa0=ch9329')).toHaveLength(1);
	});

	it('skips devices that hid.readers ignores', () => {
		expect(find([CP2110], '10c4:ea80=ignore')).toEqual([]);
	});

	it('returns a device with several usages once', () => {
		const uses = [{ ...CP2110, usagePage: 0x01 }, CP2110, { ...CP2110, usagePage: 0x0c }];
		expect(find(uses)).toHaveLength(1);
		expect(find(uses, '10c4:ea80=cp2110')).toHaveLength(1);
	});

	it('uses the serial interface of an FT260, not its I2C interface', () => {
		const serial = { ...FT260, path: '/dev/hidraw4', interface: 1 };
		expect(find([FT260, serial], '0403:6030=ft260').map(({ device }) => device)).toEqual([serial]);
		expect(find([FT260], '0403:6030=ft260').map(({ device }) => device)).toEqual([FT260]);
	});

	it('sorts devices by the number of their node', () => {
		const paths = ['/dev/hidraw10', '/dev/hidraw9'].map((path) => ({ ...CP2110, path }));
		expect(find(paths).map(({ device }) => device.path)).toEqual(['/dev/hidraw9', '/dev/hidraw10']);
	});
});

describe('parseHidReaders', () => {
	it('names the invalid entry', () => {
		expect(() => parseHidReaders(['10c4:ea80=cp2110', 'nonsense'])).toThrow(
			'hid.readers: "nonsense" is not a valid entry',
		);
	});
});

describe('HID_BRIDGES', () => {
	it('contains all bridges of the driver', () => {
		expect([...HID_BRIDGES]).toEqual(Object.keys(BRIDGES));
	});
});
