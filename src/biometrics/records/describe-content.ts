/** Bytes by which a kind of content is recognised; "?" stands for any byte. */
interface Signature {
	readonly what: string;
	/** Latin-1. */
	readonly text: string;
	readonly at?: number;
	/** How to get an image from it; absent for images that are decoded. */
	readonly advice?: string;
}

const CONVERT = 'convert it to PNG with an image program';
const TAKE_IMAGE = 'take the image out of it with the program that wrote it, and save it as PNG';
const SAVE_BINARY = 'save it as PNG or as binary PGM (P5)';

const SIGNATURES: readonly Signature[] = [
	{ what: 'a PNG image', text: '\x89PNG' },
	{ what: 'a JPEG image', text: '\xff\xd8\xff' },
	{ what: 'a JPEG 2000 image', text: '\0\0\0\x0cjP  ', advice: 'convert it to PNG, for example with opj_decompress' },
	{ what: 'a JPEG 2000 image', text: '\xff\x4f\xff\x51', advice: 'convert it to PNG, for example with opj_decompress' },
	{ what: 'a JPEG XL image', text: '\0\0\0\x0cJXL ', advice: CONVERT },
	{ what: 'a JPEG XL image', text: '\xff\x0a', advice: CONVERT },
	{
		what: 'a WSQ image',
		text: '\xff\xa0\xff',
		advice: 'convert it to PNG, for example with a WSQ viewer or with dwsq of NBIS',
	},
	{ what: 'a TIFF image', text: 'II*\0' },
	{ what: 'a TIFF image', text: 'MM\0*' },
	{ what: 'a BigTIFF image', text: 'II+\0', advice: 'save it as TIFF or PNG' },
	{ what: 'a BigTIFF image', text: 'MM\0+', advice: 'save it as TIFF or PNG' },
	{ what: 'a GIF image', text: 'GIF8', advice: CONVERT },
	{ what: 'a WebP image', text: 'RIFF????WEBP', advice: CONVERT },
	{ what: 'a HEIC image', text: 'ftyphei', at: 4, advice: CONVERT },
	{ what: 'a HEIC image', text: 'ftypmif1', at: 4, advice: CONVERT },
	{ what: 'an AVIF image', text: 'ftypavif', at: 4, advice: CONVERT },
	{ what: 'a Photoshop document', text: '8BPS', advice: CONVERT },
	{ what: 'an icon', text: '\0\0\x01\0', advice: 'use the image of a scan' },
	{ what: 'a BMP image', text: 'BM????\0\0\0\0' },
	{ what: 'a PGM image', text: 'P5' },
	{ what: 'a PGM image in text form (P2)', text: 'P2', advice: SAVE_BINARY },
	{ what: 'a PBM image', text: 'P1\n', advice: SAVE_BINARY },
	{ what: 'a PPM image', text: 'P3\n', advice: SAVE_BINARY },
	{ what: 'a PBM image', text: 'P4\n', advice: SAVE_BINARY },
	{ what: 'a PPM image', text: 'P6\n', advice: SAVE_BINARY },
	{ what: 'a PAM image', text: 'P7\n', advice: SAVE_BINARY },
	{ what: 'an SVG image', text: '<svg', advice: 'use the image of a scan' },
	{
		what: 'a minutiae record (ISO/IEC 19794-2 or ANSI INCITS 378)',
		text: 'FMR\0',
		advice: 'it contains a template already, which `match` reads; an image cannot be restored from it',
	},
	{
		what: 'a fingerprint image record (ISO/IEC 19794-4 or ANSI INCITS 381)',
		text: 'FIR\0',
		advice: TAKE_IMAGE,
	},
	{ what: 'a face image record (ISO/IEC 19794-5)', text: 'FAC\0', advice: 'use the image of a finger' },
	{ what: 'an iris image record (ISO/IEC 19794-6)', text: 'IIR\0', advice: 'use the image of a finger' },
	{ what: 'a finger pattern record (ISO/IEC 19794-8)', text: 'FSK\0', advice: 'use the image that it was made from' },
	{ what: 'an ANSI/NIST-ITL transaction', text: '1.01:', advice: TAKE_IMAGE },
	{ what: 'an ANSI/NIST-ITL transaction', text: '1.001:', advice: TAKE_IMAGE },
	{ what: 'a ZKTeco template', text: 'SS21', at: 2, advice: 'use the image that it was made from' },
	{ what: 'a PDF document', text: '%PDF', advice: 'save the image in it as PNG, for example with pdfimages -png' },
	{ what: 'a ZIP archive', text: 'PK\x03\x04', advice: 'unpack it first' },
	{ what: 'gzip data', text: '\x1f\x8b', advice: 'unpack it first' },
];

/** Advice for content without a signature. */
const NO_IMAGE = 'use an image in PNG, JPEG, TIFF, BMP or PGM format';

/**
 * Describes what bytes look like that are not a record of a known format, for messages to integrators.
 *
 * @returns for example "a PNG image", "empty", "text", "unknown binary data"
 */
export function describeContent(bytes: Uint8Array): string {
	if (bytes.length === 0) return 'empty';
	const signature = findSignature(bytes);
	if (signature !== undefined) return signature.what;
	if (bytes.every((byte) => byte === 0)) return 'a buffer of zero bytes';
	return describeText(bytes) ?? 'unknown binary data';
}

/** Returns how to get an image that is decoded from content that is not one, in the imperative, without a full stop. */
export function adviseConversion(bytes: Uint8Array): string {
	if (bytes.length === 0) return `copy or export the file again, or ${NO_IMAGE}`;
	return findSignature(bytes)?.advice ?? NO_IMAGE;
}

function findSignature(bytes: Uint8Array): Signature | undefined {
	return SIGNATURES.find(({ text, at = 0 }) => hasText(bytes, text, at));
}

function describeText(bytes: Uint8Array): string | undefined {
	const text = Buffer.from(bytes).toString('latin1').trim();
	if (/[^\t\n\r\x20-\x7e]/.test(text)) return undefined;
	if (text.startsWith('{') || text.startsWith('[')) return 'JSON text';
	if (text.startsWith('<')) return 'XML or HTML text';
	if (/^464d5200/i.test(text)) return 'a record in hexadecimal text';
	if (/^Rk1S/.test(text)) return 'a record that was encoded in base64 twice';
	return 'text';
}

function hasText(bytes: Uint8Array, text: string, at: number): boolean {
	return [...text].every((character, i) => character === '?' || bytes[at + i] === character.charCodeAt(0));
}
