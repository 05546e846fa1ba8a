import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BRIDGES, isBridgeName } from './bridges.ts';

describe('BRIDGES', () => {
	it('contains four bridges, whose names isBridgeName accepts', () => {
		expect(Object.keys(BRIDGES)).toEqual(['cp2110', 'ft260', 'ch9329', 'raw']);
		expect(isBridgeName('ft260')).toBe(true);
		expect(isBridgeName('toString')).toBe(false);
	});
});

describe.each(Object.entries(BRIDGES))('%s', (name, bridge) => {
	/** Converts an output report to an input report: a bridge without report ids expects 00 before sent data only. */
	const asInput = (report: Uint8Array) => (name === 'ch9329' || name === 'raw' ? report.subarray(1) : report);

	it('converts any bytes to reports of at most 64 bytes and back, with trailing zeros in a raw report', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
				const inputs = bridge.toReports(bytes).map(asInput);
				const back = inputs.flatMap((report) => [...bridge.fromReport(report)]);
				expect(back.slice(0, bytes.length)).toEqual([...bytes]);
				expect(back.slice(bytes.length).every((byte) => name === 'raw' && byte === 0)).toBe(true);
				expect(inputs.every((report) => report.length <= 64)).toBe(true);
			}),
		);
	});

	it('reads any report without throwing, and never returns more bytes than it contains', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 80 }), (report) => {
				expect(bridge.fromReport(report).length).toBeLessThanOrEqual(report.length);
			}),
		);
	});
});
