import type { FingerView } from '../records/finger-view.ts';

/* Records written by hand from the layouts in the standards, for formats and features that the encoders do not write. */

/** Returns the bytes of hexadecimal text with spaces. */
export function fromHex(text: string): Uint8Array {
	return Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
}

/** Concatenates byte sequences. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
	return Uint8Array.from(Buffer.concat(parts));
}

/**
 * Encodes views as ANSI INCITS 378-2009.
 *
 * @param version "030" or "035"
 * @param vendor the vendor of the program
 * @param equipment the id of the capture equipment
 */
export function ansi2009Record(
	views: readonly FingerView[],
	version = '030',
	vendor = 0x0103,
	equipment = 0,
): Uint8Array {
	const parts = views.map(ansi2009View);
	const header = Buffer.alloc(21);
	header.write(`FMR\0${version}\0`, 'latin1');
	header.writeUInt32BE(21 + parts.reduce((sum, { length }) => sum + length, 0), 8);
	header.writeUInt16BE(vendor, 12);
	header.writeUInt16BE(equipment, 17);
	header.writeUInt8(views.length, 19);
	return concat(header, ...parts);
}

function ansi2009View({ width, height, dpi, finger = 0, quality, minutiae }: FingerView): Uint8Array {
	const pixelsPerCm = Math.round(dpi / 2.54);
	const header = Buffer.alloc(17);
	header.writeUInt8(finger, 0);
	header.writeUInt8(quality, 3);
	header.writeUInt16BE(0x0103, 4);
	header.writeUInt16BE(width, 8);
	header.writeUInt16BE(height, 10);
	header.writeUInt16BE(pixelsPerCm, 12);
	header.writeUInt16BE(pixelsPerCm, 14);
	header.writeUInt8(minutiae.length, 16);
	const fields = minutiae.map((minutia) => {
		const bytes = Buffer.alloc(6);
		bytes.writeUInt16BE(((minutia.kind === 'ridge-ending' ? 1 : 2) << 14) | minutia.x, 0);
		bytes.writeUInt16BE(minutia.y, 2);
		bytes.writeUInt8(Math.round((minutia.angle * 90) / Math.PI), 4);
		bytes.writeUInt8(minutia.quality, 5);
		return bytes;
	});
	return concat(header, ...fields, Buffer.alloc(2));
}

/** Describes where a format stores what several records in one share. */
export interface RecordShape {
	/** Bytes of the record header, which precedes the first view. */
	readonly headerBytes: number;
	/** Offset of the length of the record, and its size in bytes. */
	readonly length: readonly [at: number, bytes: number];
	/** Offset of the last byte of the number of views. */
	readonly countAt: number;
}

export const SHAPES = {
	'iso-19794-2:2005': { headerBytes: 24, length: [8, 4], countAt: 22 },
	'iso-19794-2:2011': { headerBytes: 15, length: [8, 4], countAt: 13 },
	'ansi-378:2004': { headerBytes: 26, length: [8, 2], countAt: 24 },
	'ansi-378:2009': { headerBytes: 21, length: [8, 4], countAt: 19 },
} as const satisfies Record<string, RecordShape>;

/** Joins records with one view each, of one format and one image size, into one record with several views. */
export function joinRecords({ headerBytes, length, countAt }: RecordShape, records: readonly Uint8Array[]): Uint8Array {
	const views = records.map((record) => record.subarray(headerBytes));
	const joined = Buffer.from(concat(records[0]!.subarray(0, headerBytes), ...views));
	joined.writeUIntBE(joined.length, ...length);
	joined[countAt] = records.length;
	return Uint8Array.from(joined);
}
