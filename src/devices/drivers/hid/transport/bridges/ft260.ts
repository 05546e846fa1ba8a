import { type Bridge, NO_BYTES, paddedReport, splitBytes } from './bridge.ts';

const MAX_DATA_BYTES = 60;
const FIRST_DATA_ID = 0xf0;
const LAST_DATA_ID = 0xfe;
const SYSTEM_SETTINGS = 0xa1;
const UART_MODE = 0x03;
const UART_CONFIG = 0x41;
const UART_BAUD = 0x42;
const MODE_OFF = 0;
const NO_FLOW_CONTROL = 4;

/**
 * FTDI FT260. Its serial line is HID interface 1 when both of its interfaces are enabled.
 *
 * ```
 * report   direction     layout
 * f0..fe   in and out    [id = f0 + (count - 1) / 4] [count: 1..60] [bytes, zeros up to the next multiple of 4]
 * a1 03    feature       [a1] [03] [mode: 0 off, 4 without flow control]
 * a1 41    feature       [a1] [41] [flow 4] [baud, 4 bytes, little-endian] [8 data bits] [parity 0] [stop 0] [break 0]
 * a1 42    feature       [a1] [42] [baud, 4 bytes, little-endian]
 * ```
 *
 * On Linux, the kernel driver hid_ft260 leaves the serial interface without a hidraw node or turns it into a tty. The bridge
 * is then not found unless that driver is disabled.
 *
 * @see the Linux driver hid-ft260 and the patches that add the serial line to it. The order of the settings reports is
 * inferred. Not verified on hardware.
 */
export const ft260: Bridge = {
	toReports: (bytes) => splitBytes(bytes, MAX_DATA_BYTES).map(dataReport),
	fromReport: (report) => {
		const [id = 0, count = 0] = report;
		const isData = id >= FIRST_DATA_ID && id <= LAST_DATA_ID && count <= MAX_DATA_BYTES && report.length >= 2 + count;
		return isData ? report.subarray(2, 2 + count) : NO_BYTES;
	},
	settings: {
		open: (baud) => [Uint8Array.of(SYSTEM_SETTINGS, UART_MODE, NO_FLOW_CONTROL), config(baud)],
		setBaud: (baud) => [Uint8Array.of(SYSTEM_SETTINGS, UART_BAUD, ...littleEndian(baud))],
		close: () => [Uint8Array.of(SYSTEM_SETTINGS, UART_MODE, MODE_OFF)],
	},
};

function dataReport(piece: Uint8Array): Uint8Array {
	const step = Math.floor((piece.length - 1) / 4);
	return paddedReport(2 + 4 * (step + 1), [FIRST_DATA_ID + step, piece.length], piece);
}

function config(baud: number): Uint8Array {
	return Uint8Array.of(SYSTEM_SETTINGS, UART_CONFIG, NO_FLOW_CONTROL, ...littleEndian(baud), 8, 0, 0, 0);
}

function littleEndian(baud: number): Uint8Array {
	const bytes = new Uint8Array(4);
	new DataView(bytes.buffer).setUint32(0, baud, true);
	return bytes;
}
