import { describe, expect, it } from 'vitest';
import { toHex } from '../../testing/fake-hid-port.ts';
import { rawReport } from './raw-report.ts';

describe('rawReport', () => {
	it('pads the last report with zeros', () => {
		expect(rawReport.toReports(Uint8Array.of(0xef, 0x01)).map(toHex)).toEqual([`00 ef 01${' 00'.repeat(62)}`]);
		expect(rawReport.toReports(new Uint8Array(65).fill(1)).map((report) => report[2])).toEqual([1, 0]);
	});

	it('reads every byte of a report', () => {
		expect(toHex(rawReport.fromReport(Uint8Array.of(0xef, 0x01, 0)))).toBe('ef 01 00');
	});

	it('does not support line settings', () => {
		expect(rawReport.settings).toBeUndefined();
	});
});
