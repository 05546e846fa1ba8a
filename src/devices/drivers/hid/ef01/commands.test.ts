import { describe, expect, it } from 'vitest';
import { parseProductInfo, tryParseSystemParameters } from './commands.ts';

/** Written by hand from the table of the R503 manual. */
const PRODUCT_INFO = Buffer.concat([
	Buffer.from('R503'.padEnd(16, '\0')),
	Buffer.from('A001'),
	Buffer.from('12345678'),
	Buffer.from([1, 2]),
	Buffer.from('GW192\0\0\0'),
	Buffer.from('00c000c0020000c8', 'hex'),
]);

describe('tryParseSystemParameters', () => {
	it('reads packet size and baud rate', () => {
		const data = Buffer.from('0000000900c80003ffffffff00020006', 'hex');
		expect(tryParseSystemParameters(data)).toEqual({ packetSizeBytes: 128, baud: 57_600 });
	});

	it.each([
		['an unknown packet size code', '0000000900c80003ffffffff00040006'],
		['a baud rate of 0', '0000000900c80003ffffffff00020000'],
		['a baud rate above 12 times 9600', '0000000900c80003ffffffff0002000d'],
	])('refuses %s', (_what, hex) => {
		expect(tryParseSystemParameters(Buffer.from(hex, 'hex'))).toBeUndefined();
	});
});

describe('parseProductInfo', () => {
	it('reads the product information of an R503', () => {
		expect(parseProductInfo(PRODUCT_INFO)).toEqual({
			model: 'R503',
			serialNumber: '12345678',
			hardwareVersion: '1.2',
			sensor: 'GW192',
			width: 192,
			height: 192,
		});
	});

	it('removes unprintable characters from texts', () => {
		const data = Buffer.from(PRODUCT_INFO);
		data.set([0x1b, 0x0a, 0xff], 1);
		expect(parseProductInfo(data).model).toBe('R');
	});
});
