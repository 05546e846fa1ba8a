import { type Bridge, paddedReport, splitBytes } from './bridge.ts';

const REPORT_BYTES = 64;

/**
 * Firmware of one's own that passes bytes through as they are: reports of 64 bytes without report ids and without a
 * count. Only the last report of a packet may be filled up, with zeros, which whoever decodes packets skips.
 */
export const rawReport: Bridge = {
	toReports: (bytes) => splitBytes(bytes, REPORT_BYTES).map((piece) => paddedReport(1 + REPORT_BYTES, [0], piece)),
	fromReport: (report) => report,
	settings: undefined,
};
