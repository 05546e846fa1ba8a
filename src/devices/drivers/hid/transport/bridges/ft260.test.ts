import { describe, expect, it } from 'vitest';
import { toHex } from '../../testing/fake-hid-port.ts';
import { ft260 } from './ft260.ts';

describe('ft260', () => {
	it('switches the line on and configures it', () => {
		expect(ft260.settings?.open(57_600).map(toHex)).toEqual(['a1 03 04', 'a1 41 04 00 e1 00 00 08 00 00 00']);
	});

	it('changes the baud rate of an open line, and switches it off', () => {
		expect(ft260.settings?.setBaud(115_200).map(toHex)).toEqual(['a1 42 00 c2 01 00']);
		expect(ft260.settings?.close().map(toHex)).toEqual(['a1 03 00']);
	});

	it.each([
		[1, 'f0', 6],
		[4, 'f0', 6],
		[5, 'f1', 10],
		[60, 'fe', 62],
	])('sends %i bytes in a report %s of %i bytes', (count, id, size) => {
		const [report = new Uint8Array()] = ft260.toReports(new Uint8Array(count).fill(0xaa));
		expect(toHex(report.subarray(0, 3))).toBe(`${id} ${toHex(Uint8Array.of(count))} aa`);
		expect(report).toHaveLength(size);
	});

	it('reads the number of bytes given in the report', () => {
		expect(toHex(ft260.fromReport(Uint8Array.of(0xf0, 2, 0xef, 0x01, 0, 0)))).toBe('ef 01');
	});

	it.each([[[]], [[0xf0]], [[0xf0, 3, 1, 2]], [[0xf0, 0]], [[0xb1, 1, 1]], [[0xff, 1, 1]]])(
		'reads nothing in %j',
		(report) => {
			expect(ft260.fromReport(Uint8Array.from(report))).toHaveLength(0);
		},
	);
});
