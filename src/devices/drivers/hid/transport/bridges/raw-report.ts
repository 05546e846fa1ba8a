import { type Bridge, paddedReport, splitBytes } from './bridge.ts';

const REPORT_BYTES = 64;

/**
 * Custom firmware that passes bytes through unchanged, in reports of 64 bytes without report id and count. The last report of
 * a packet may be padded with zeros, which the packet decoder skips.
 */
export const rawReport: Bridge = {
	toReports: (bytes) => splitBytes(bytes, REPORT_BYTES).map((piece) => paddedReport(1 + REPORT_BYTES, [0], piece)),
	fromReport: (report) => report,
	settings: undefined,
};
