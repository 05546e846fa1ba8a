import { describe, expect, it } from 'vitest';
import { tryParseHidReader } from './hid-reader-entry.ts';

describe('tryParseHidReader', () => {
	it.each([
		['10c4:ea80=cp2110', { vendorId: 0x10c4, productId: 0xea80, usagePage: undefined, bridge: 'cp2110' }],
		['1A86:E429:FFA0=ch9329', { vendorId: 0x1a86, productId: 0xe429, usagePage: 0xffa0, bridge: 'ch9329' }],
		['0001:0002=ignore', { vendorId: 1, productId: 2, usagePage: undefined, bridge: 'ignore' }],
	])('parses %s', (text, entry) => {
		expect(tryParseHidReader(text)).toEqual(entry);
	});

	it.each([
		'',
		'10c4:ea80',
		'10c4:ea80=',
		'10c4:ea80=cp2112',
		'10c4:ea80=toString',
		'10c4=cp2110',
		'10c4:ea8=cp2110',
		'0x10c4:0xea80=cp2110',
		'10c4:ea80:ff00:1=raw',
		' 10c4:ea80=raw',
		'10c4:ea80=raw\n',
	])('refuses %j', (text) => {
		expect(tryParseHidReader(text)).toBeUndefined();
	});
});
