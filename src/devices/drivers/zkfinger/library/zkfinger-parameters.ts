import { ZKFP } from './zkfinger-codes.ts';
import type { ZkFingerHandle, ZkFingerLibrary } from './zkfinger-library.ts';

/** Parameters of an open reader. @see ZKFinger SDK C API v2.0, September 2016, appendix of parameter codes */
export const PARAMETER = {
	/** Pixels across; a number. */
	width: 1,
	/** Pixels down; a number. */
	height: 2,
	/** Pixels per inch; a number. */
	dpi: 3,
	/** Text. */
	productName: 1102,
	/** Text. */
	serialNumber: 1103,
	/** 1 = tell living fingers from copies; a number, Live20R and SLK20R alone. */
	antiFake: 2002,
	/** What the last capture looked like; a number of bits. */
	antiFakeStatus: 2004,
} as const;

/** One of `PARAMETER`. */
export type Parameter = (typeof PARAMETER)[keyof typeof PARAMETER];

/** Room for a text, bytes: no edition of the manual says how long one can be. */
const TEXT_CAPACITY = 256;

/** A number of 32 bits, little-endian; undefined when the reader does not have it. */
export function readNumber(library: ZkFingerLibrary, handle: ZkFingerHandle, parameter: Parameter): number | undefined {
	const value = new Uint8Array(4);
	const { code, length } = library.getParameter(handle, parameter, value);
	return code === ZKFP.ok && length === 4 ? new DataView(value.buffer).getInt32(0, true) : undefined;
}

/** A text, up to its length or its first NUL, whichever comes first, without spaces around; empty when there is none. */
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
