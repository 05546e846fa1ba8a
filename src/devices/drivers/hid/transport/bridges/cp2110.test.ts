import { describe, expect, it } from 'vitest';
import { toHex } from '../../testing/fake-hid-port.ts';
import { cp2110 } from './cp2110.ts';

describe('cp2110', () => {
	it('configures the line, clears the buffers, then switches the line on', () => {
		expect(cp2110.settings?.open(57_600).map(toHex)).toEqual(['50 00 00 e1 00 00 00 03 00', '43 03', '41 01']);
	});

	it('changes the baud rate of an open line, and switches it off', () => {
		expect(cp2110.settings?.setBaud(115_200).map(toHex)).toEqual(['50 00 01 c2 00 00 00 03 00']);
		expect(cp2110.settings?.close().map(toHex)).toEqual(['41 00']);
	});

	it('uses the number of bytes, at most 63, as report id', () => {
		expect(cp2110.toReports(Uint8Array.of(0xef, 0x01)).map(toHex)).toEqual(['02 ef 01']);
		expect(cp2110.toReports(new Uint8Array(64)).map((report) => [report[0], report.length])).toEqual([
			[63, 64],
			[1, 2],
		]);
	});

	it('reads the number of bytes given by the report id, and ignores padding', () => {
		expect(toHex(cp2110.fromReport(Uint8Array.of(2, 0xef, 0x01, 0x99)))).toBe('ef 01');
	});

	it.each([[[]], [[0]], [[3, 1, 2]], [[0x40, ...new Array(64).fill(0)]], [[0x41, 1]]])(
		'reads nothing in %j',
		(report) => {
			expect(cp2110.fromReport(Uint8Array.from(report))).toHaveLength(0);
		},
	);
});
