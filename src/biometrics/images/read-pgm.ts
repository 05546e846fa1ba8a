import type { GreyImage } from './grey-image.ts';
import { checkImageSize, unusableImage } from './image-limits.ts';

const MAGIC = 'P5';
const MAX_MAXVAL = 65_535;

export function isPgm(bytes: Uint8Array): boolean {
	return bytes[0] === MAGIC.charCodeAt(0) && bytes[1] === MAGIC.charCodeAt(1);
}

/**
 * Decodes a binary PGM: "P5", width, height and maxval, each after whitespace or comments, one whitespace character, then one
 * byte per pixel, or two (big-endian) if maxval is over 255.
 *
 * @throws ServiceError INVALID_MESSAGE if the header is malformed or pixels are missing
 * @see Netpbm, pgm(5)
 */
export function readPgm(bytes: Uint8Array): Omit<GreyImage, 'dpi'> {
	const header = readHeader(bytes);
	const { width, height, maxval, start } = header;
	checkImageSize(width, height);
	if (maxval < 1 || maxval > MAX_MAXVAL) throw unusableImage(`its maxval ${maxval} is not 1..${MAX_MAXVAL}`);
	const bytesPerPixel = maxval > 255 ? 2 : 1;
	const missing = width * height * bytesPerPixel - (bytes.length - start);
	if (missing > 0) throw unusableImage(`its last ${missing} bytes are missing`);
	const data = new Uint8Array(width * height);
	for (let i = 0; i < data.length; i++) {
		const at = start + i * bytesPerPixel;
		const value = bytesPerPixel === 1 ? bytes[at]! : bytes[at]! * 256 + bytes[at + 1]!;
		data[i] = Math.round((Math.min(value, maxval) * 255) / maxval);
	}
	return { width, height, data };
}

interface Header {
	readonly width: number;
	readonly height: number;
	readonly maxval: number;
	/** Index of the first pixel's byte. */
	readonly start: number;
}

/** Header: whitespace or comments to the end of the line before each number, exactly one whitespace character after the last. */
const HEADER = /^P5(?:\s|#[^\n]*\n)+(\d{1,9})(?:\s|#[^\n]*\n)+(\d{1,9})(?:\s|#[^\n]*\n)+(\d{1,9})\s/;
/** Longest header that is read, bytes. */
const MAX_HEADER_BYTES = 4096;

function readHeader(bytes: Uint8Array): Header {
	const text = String.fromCharCode(...bytes.subarray(0, MAX_HEADER_BYTES));
	const match = HEADER.exec(text);
	if (match === null) throw unusableImage('its PGM header is malformed');
	const [width, height, maxval] = match.slice(1).map(Number) as [number, number, number];
	return { width, height, maxval, start: match[0].length };
}
