import { type Bridge, NO_BYTES, splitBytes } from './bridge.ts';

const MAX_DATA_BYTES = 63;
const UART_ENABLE = 0x41;
const PURGE_FIFOS = 0x43;
const UART_CONFIG = 0x50;
const BOTH_FIFOS = 3;

/**
 * Silicon Labs CP2110 and CP2114.
 *
 * ```
 * report   direction     layout
 * 01..3f   in and out    [n: report id = number of bytes] [n bytes]
 * 41       feature       [41] [0 off, 1 on]                            off after power-up
 * 43       feature       [43] [1 output, 2 input, 3 both]              empties the FIFOs
 * 50       feature       [50] [baud, 4 bytes, big-endian] [parity 0] [flow 0] [3 = 8 data bits] [stop 0]
 * ```
 *
 * Reports 47 and 60 to 66 write to the chip's one-time programmable memory and must not be sent.
 *
 * @see Silicon Labs AN434; two independent implementations agree. Not verified on hardware.
 */
export const cp2110: Bridge = {
	toReports: (bytes) => splitBytes(bytes, MAX_DATA_BYTES).map((piece) => Uint8Array.of(piece.length, ...piece)),
	fromReport: (report) => {
		const [count = 0] = report;
		const isData = count >= 1 && count <= MAX_DATA_BYTES && report.length > count;
		return isData ? report.subarray(1, 1 + count) : NO_BYTES;
	},
	settings: {
		open: (baud) => [config(baud), Uint8Array.of(PURGE_FIFOS, BOTH_FIFOS), Uint8Array.of(UART_ENABLE, 1)],
		setBaud: (baud) => [config(baud)],
		close: () => [Uint8Array.of(UART_ENABLE, 0)],
	},
};

function config(baud: number): Uint8Array {
	const report = Uint8Array.of(UART_CONFIG, 0, 0, 0, 0, 0, 0, 3, 0);
	new DataView(report.buffer).setUint32(1, baud);
	return report;
}
