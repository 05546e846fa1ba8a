import { expect, test } from '@playwright/test';
import { cp2110Descriptor } from '../hidraw/guest/cp2110-descriptor.ts';
import { createEvent, EVENT_BYTES, inputEvent, parseUhidEvent, setReportReply } from '../hidraw/guest/uhid-events.ts';
import { GuestReport } from '../hidraw/guest-report.ts';
import { toResultLine, tryParseResultLine } from '../hidraw/result-lines.ts';

/* Tests the helpers of the checks in the virtual machine; the checks themselves are `npm run test:hidraw`. */

const PLAN = toResultLine({ plan: ['a', 'b'] });
const PASSED_A = toResultLine({ check: 'a', figure: '3 ms' });
const PASSED_B = toResultLine({ check: 'b', figure: '4 ms' });
const FAILED_B = toResultLine({ check: 'b', fault: 'lost' });
const DONE = toResultLine({ isDone: true });

for (const [what, lines, passed, failed] of [
	['whose checks all pass', [PLAN, PASSED_A, PASSED_B, DONE], 2, 0],
	['where a check fails', [PLAN, PASSED_A, FAILED_B, DONE], 1, 1],
	['that dies during the checks', [PLAN, PASSED_A, 'Kernel panic'], 1, 1],
	['that dies after the checks', [PLAN, PASSED_A, PASSED_B], 2, 1],
	['that never starts', ['Kernel panic'], 0, 1],
	['that reports results twice', [PLAN, PASSED_A, PASSED_A, FAILED_B, FAILED_B, DONE], 1, 1],
	['that reports an unplanned check', [PLAN, PASSED_A, PASSED_B, toResultLine({ check: 'c', figure: '' }), DONE], 2, 0],
] as const) {
	test(`counts ${passed} passed and ${failed} failed for a machine ${what}`, () => {
		const report = new GuestReport(() => {});
		for (const line of lines) report.addLine(line);
		expect(report.finish()).toEqual({ passed, failed, skipped: 0 });
	});
}

test('shows the last console lines of a machine that died', () => {
	const shown: string[] = [];
	const report = new GuestReport((line) => shown.push(line));
	report.addLine('Kernel panic');
	report.finish();
	expect(shown.join()).toContain('Kernel panic');
});

test('finds a result after kernel output, and none in an incomplete line', () => {
	expect(tryParseResultLine(`[    3.1] hid: ${PASSED_A}`)).toEqual({ check: 'a', figure: '3 ms' });
	expect(tryParseResultLine(PASSED_A.slice(0, 20))).toBeUndefined();
	expect(tryParseResultLine('@result {"check":1}')).toBeUndefined();
});

test('encodes events as defined in linux/uhid.h', () => {
	const reportDescriptor = cp2110Descriptor();
	const event = Buffer.from(
		createEvent({ name: 'N', serialNumber: 'S', vendorId: 0x10c4, productId: 0xea80, reportDescriptor }),
	);
	expect(event).toHaveLength(EVENT_BYTES);
	expect(event.readUInt32LE()).toBe(11);
	expect(event.toString('latin1', 196, 198)).toBe('S\0');
	expect([event.readUInt16LE(260), event.readUInt16LE(262)]).toEqual([reportDescriptor.length, 3]);
	expect([event.readUInt32LE(264), event.readUInt32LE(268)]).toEqual([0x10c4, 0xea80]);
	expect(event.subarray(280, 280 + reportDescriptor.length).equals(reportDescriptor)).toBe(true);
	expect(Buffer.from(inputEvent(Uint8Array.of(2, 7, 8))).toString('hex')).toBe('0c0000000300020708');
	expect(Buffer.from(setReportReply(9, false)).toString('hex')).toBe('0e000000090000000500');
});

test('decodes events as defined in linux/uhid.h', () => {
	const output = Buffer.alloc(EVENT_BYTES);
	output.writeUInt32LE(6);
	output.set([2, 7, 8], 4);
	output.writeUInt16LE(3, 4_100);
	expect(parseUhidEvent(output)).toEqual({ type: 'output', report: Uint8Array.of(2, 7, 8) });
	const feature = Buffer.alloc(EVENT_BYTES);
	feature.set(Buffer.from('0d000000090000004100020041', 'hex'));
	expect(parseUhidEvent(feature)).toEqual({ type: 'set-report', id: 9, report: Uint8Array.of(0x41, 0) });
});
