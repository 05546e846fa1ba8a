import { describe, expect, it } from 'vitest';
import { toHex } from '../../testing/fake-hid-port.ts';
import { ch9329 } from './ch9329.ts';

describe('ch9329', () => {
	it('sends a count and the bytes in a padded report without a report id', () => {
		const [report = new Uint8Array()] = ch9329.toReports(Uint8Array.of(0xef, 0x01));
		expect(toHex(report)).toBe(`00 02 ef 01${' 00'.repeat(61)}`);
	});

	it('starts a new report after 63 bytes', () => {
		expect(ch9329.toReports(new Uint8Array(64)).map((report) => report[1])).toEqual([63, 1]);
	});

	it('reads the number of bytes given in the report', () => {
		expect(toHex(ch9329.fromReport(Uint8Array.of(2, 0xef, 0x01, 0, 0)))).toBe('ef 01');
	});

	it.each([[[]], [[0, 1, 2]], [[3, 1, 2]], [[64, ...new Array(64).fill(1)]]])('reads nothing in %j', (report) => {
		expect(ch9329.fromReport(Uint8Array.from(report))).toHaveLength(0);
	});

	it('does not support line settings', () => {
		expect(ch9329.settings).toBeUndefined();
	});
});
