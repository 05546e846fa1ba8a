import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { usbId } from './devices/drivers/hid/discovery/hid-device.ts';
import { KNOWN_READERS } from './devices/drivers/hid/discovery/known-readers.ts';
import { ZKTECO_READERS, ZKTECO_VENDOR_ID } from './devices/drivers/zkfinger/zkteco-products.ts';

const FILE = new URL('../build/udev/70-fingerprint-service.rules', import.meta.url);
const RULE =
	/^SUBSYSTEM=="(hidraw|usb)", ATTRS?{idVendor}=="([\da-f]{4})", ATTRS?{idProduct}=="([\da-f]{4})", TAG\+="uaccess"$/;

describe('the udev rules', () => {
	const lines = readFileSync(FILE, 'utf8')
		.split('\n')
		.filter((line) => line !== '' && !line.startsWith('#'));
	const idsOf = (subsystem: string) =>
		lines.flatMap((line) => {
			const [, found, vendor, product] = RULE.exec(line) ?? [];
			return found === subsystem ? [`${vendor}:${product}`] : [];
		});

	it('all have the same form, with lower-case hexadecimal ids', () => {
		for (const line of lines) expect(line).toMatch(RULE);
	});

	it('cover exactly the HID devices in KNOWN_READERS', () => {
		expect(idsOf('hidraw')).toEqual(KNOWN_READERS.map(usbId));
	});

	it('cover exactly the ZKTeco readers', () => {
		const products = [...ZKTECO_READERS.keys()];
		expect(idsOf('usb')).toEqual(products.map((productId) => usbId({ vendorId: ZKTECO_VENDOR_ID, productId })));
	});
});
