import { type Bridge, NO_BYTES, paddedReport, splitBytes } from './bridge.ts';

const MAX_DATA_BYTES = 63;
const OUTPUT_REPORT_BYTES = 65;

/**
 * WCH CH9329 in custom HID mode, without report ids.
 *
 * ```
 * output   [00] [count: 1..63] [bytes, zeros up to 65 in all]
 * input    [count: 1..63] [bytes, zeros up to 64 in all]
 * ```
 *
 * The line can be configured from the serial side only (default 9600 baud), so module and chip must be set to the same baud
 * rate before they are wired together.
 *
 * @see two independent implementations agree on the reports. No source contradicts that the HID side cannot configure the
 * line. Not verified on hardware.
 */
export const ch9329: Bridge = {
	toReports: (bytes) =>
		splitBytes(bytes, MAX_DATA_BYTES).map((piece) => paddedReport(OUTPUT_REPORT_BYTES, [0, piece.length], piece)),
	fromReport: (report) => {
		const [count = 0] = report;
		return count <= MAX_DATA_BYTES && report.length > count ? report.subarray(1, 1 + count) : NO_BYTES;
	},
	settings: undefined,
};
