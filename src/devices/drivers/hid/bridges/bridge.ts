/** Names of the bridges, as settings and the table of known readers use them. */
export const BRIDGE_NAMES = ['cp2110', 'ft260', 'ch9329', 'raw'] as const;

export type BridgeName = (typeof BRIDGE_NAMES)[number];

/**
 * How one kind of HID-UART bridge carries the bytes of a serial line in HID reports; knows no port and keeps no state.
 *
 * Reports are as `HidPort` wants them: what is sent starts with the report id (00 for none), what comes in only if the
 * bridge has report ids.
 */
export interface Bridge {
	/** Output reports that carry `bytes`, in order. */
	toReports(bytes: Uint8Array): Uint8Array[];
	/** The bytes in an input report; none in a report that is malformed or carries something else. */
	fromReport(report: Uint8Array): Uint8Array;
	/** Control of the line; undefined for a bridge whose line settings cannot be set from the HID side. */
	readonly line: BridgeLine | undefined;
}

/** Feature reports that control the line, always 8 data bits, no parity, 1 stop bit, no flow control. */
export interface BridgeLine {
	/** @param baud 9600 to 115200 */
	open(baud: number): Uint8Array[];
	setBaud(baud: number): Uint8Array[];
	close(): Uint8Array[];
}
