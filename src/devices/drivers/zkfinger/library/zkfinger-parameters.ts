import { ZKFP } from './zkfinger-codes.ts';
import type { ZkFingerHandle, ZkFingerLibrary } from './zkfinger-library.ts';

/** Parameters of an open reader. @see ZKFinger SDK C API v2.0, September 2016, appendix of parameter codes */
export const PARAMETER = {
	/** Image width, pixels. */
	width: 1,
	/** Image height, pixels. */
	height: 2,
	/** Resolution, pixels per inch. */
	dpi: 3,
	/** Text. */
	productName: 1102,
	/** Text. */
	serialNumber: 1103,
	/** 1 = distinguish live fingers from copies; only Live20R and SLK20R. */
	antiFake: 2002,
	/** Result of the anti-fake check of the last capture, a bit mask. */
	antiFakeStatus: 2004,
} as const;

/** One of `PARAMETER`. */
export type Parameter = (typeof PARAMETER)[keyof typeof PARAMETER];

/** Buffer size for a text, bytes: the manual does not state a maximum length. */
const TEXT_CAPACITY = 256;

/** Reads a little-endian 32-bit number; undefined if the reader does not have the parameter. */
export function readNumber(library: ZkFingerLibrary, handle: ZkFingerHandle, parameter: Parameter): number | undefined {
	const value = new Uint8Array(4);
	const { code, length } = library.getParameter(handle, parameter, value);
	return code === ZKFP.ok && length === 4 ? new DataView(value.buffer).getInt32(0, true) : undefined;
}

/** Reads a text up to its length or its first NUL, whichever comes first, and trims it; empty if there is none. */
export function readText(library: ZkFingerLibrary, handle: ZkFingerHandle, parameter: Parameter): string {
	const value = new Uint8Array(TEXT_CAPACITY);
	const { code, length } = library.getParameter(handle, parameter, value);
	if (code !== ZKFP.ok) return '';
	const text = Buffer.from(value.subarray(0, length)).toString('latin1');
	return text
		.replace(/\0.*$/s, '')
		.replace(/[^\x20-\x7e]/g, '')
		.trim();
}
