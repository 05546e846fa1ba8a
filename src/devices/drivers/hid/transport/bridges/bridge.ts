/**
 * How one kind of HID-UART bridge carries the bytes of a serial line in HID reports; knows no port and keeps no state.
 * `SerialLine` puts it to work.
 *
 * Reports are as `HidPort` wants them: what is sent starts with the report id (00 for none), what comes in only if the
 * bridge has report ids.
 */
export interface Bridge {
	/** Output reports that carry `bytes`, in order. */
	toReports(bytes: Uint8Array): Uint8Array[];
	/** The bytes in an input report; none if it is malformed or carries something else. */
	fromReport(report: Uint8Array): Uint8Array;
	/** Undefined for a bridge whose line settings cannot be set from the HID side. */
	readonly settings: LineSettings | undefined;
}

/** Feature reports that set up the line: always 8 data bits, no parity, 1 stop bit, no flow control. */
export interface LineSettings {
	/** @param baud 9600 to 115200 */
	open(baud: number): Uint8Array[];
	/** @param baud 9600 to 115200 */
	setBaud(baud: number): Uint8Array[];
	close(): Uint8Array[];
}

/** Nothing to read in a report. */
export const NO_BYTES = new Uint8Array(0);

/** `bytes` in pieces of at most `size`, in order; none for no bytes. */
export function splitBytes(bytes: Uint8Array, size: number): Uint8Array[] {
	const pieces: Uint8Array[] = [];
	for (let start = 0; start < bytes.length; start += size) pieces.push(bytes.subarray(start, start + size));
	return pieces;
}

/** A report of exactly `size` bytes: `head`, then `data`, then zeros. */
export function paddedReport(size: number, head: readonly number[], data: Uint8Array): Uint8Array {
	const report = new Uint8Array(size);
	report.set(head);
	report.set(data, head.length);
	return report;
}
