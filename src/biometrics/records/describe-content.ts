/** Bytes by which a kind of content is recognised; "?" stands for any byte. */
interface Signature {
	readonly what: string;
	/** Latin-1. */
	readonly text: string;
	readonly at?: number;
}

const SIGNATURES: readonly Signature[] = [
	{ what: 'a PNG image', text: '\x89PNG' },
	{ what: 'a JPEG image', text: '\xff\xd8\xff' },
	{ what: 'a JPEG 2000 image', text: '\0\0\0\x0cjP  ' },
	{ what: 'a JPEG 2000 image', text: '\xff\x4f\xff\x51' },
	{ what: 'a WSQ image', text: '\xff\xa0\xff' },
	{ what: 'a TIFF image', text: 'II*\0' },
	{ what: 'a TIFF image', text: 'MM\0*' },
	{ what: 'a GIF image', text: 'GIF8' },
	{ what: 'a BMP image', text: 'BM????\0\0\0\0' },
	{ what: 'a PGM image', text: 'P5' },
	{ what: 'a PGM image', text: 'P2' },
	{ what: 'a fingerprint image record (ISO/IEC 19794-4 or ANSI INCITS 381)', text: 'FIR\0' },
	{ what: 'a face image record (ISO/IEC 19794-5)', text: 'FAC\0' },
	{ what: 'an iris image record (ISO/IEC 19794-6)', text: 'IIR\0' },
	{ what: 'a finger pattern record (ISO/IEC 19794-8)', text: 'FSK\0' },
	{ what: 'an ANSI/NIST-ITL transaction', text: '1.01:' },
	{ what: 'an ANSI/NIST-ITL transaction', text: '1.001:' },
	{ what: 'a ZKTeco template', text: 'SS21', at: 2 },
	{ what: 'a PDF document', text: '%PDF' },
	{ what: 'a ZIP archive', text: 'PK\x03\x04' },
	{ what: 'gzip data', text: '\x1f\x8b' },
];

/**
 * Describes what bytes look like that are not a record of a known format, for messages to integrators.
 *
 * @returns for example "a PNG image", "empty", "text", "unknown binary data"
 */
export function describeContent(bytes: Uint8Array): string {
	if (bytes.length === 0) return 'empty';
	const signature = SIGNATURES.find(({ text, at = 0 }) => hasText(bytes, text, at));
	if (signature !== undefined) return signature.what;
	if (bytes.every((byte) => byte === 0)) return 'a buffer of zero bytes';
	return describeText(bytes) ?? 'unknown binary data';
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
