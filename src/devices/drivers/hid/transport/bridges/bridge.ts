/**
 * Converts the bytes of a serial line to and from the HID reports of one kind of HID-UART bridge. It is stateless; `SerialLine`
 * uses it with a port.
 *
 * As in `HidPort`, a sent report starts with the report id (00 for none), a received one only if the bridge has report ids.
 */
export interface Bridge {
	/** Returns the output reports for `bytes`, in order. */
	toReports(bytes: Uint8Array): Uint8Array[];
	/** Returns the bytes of an input report; none if it is malformed or contains something else. */
	fromReport(report: Uint8Array): Uint8Array;
	/** Undefined for a bridge whose line cannot be configured from the HID side. */
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

/** The result for a report without bytes. */
export const NO_BYTES = new Uint8Array(0);

/** Splits `bytes` into pieces of at most `size` bytes. */
export function splitBytes(bytes: Uint8Array, size: number): Uint8Array[] {
	const pieces: Uint8Array[] = [];
	for (let start = 0; start < bytes.length; start += size) pieces.push(bytes.subarray(start, start + size));
	return pieces;
}

/** Creates a report of exactly `size` bytes: `head`, then `data`, then zeros. */
export function paddedReport(size: number, head: readonly number[], data: Uint8Array): Uint8Array {
	const report = new Uint8Array(size);
	report.set(head);
	report.set(data, head.length);
	return report;
}
