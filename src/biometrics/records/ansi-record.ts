import { ByteCursor } from './byte-cursor.ts';
import { ByteWriter } from './byte-writer.ts';
import { readCommonLayout, writeCommonLayout } from './common-layout.ts';
import type { FingerView } from './finger-view.ts';
import { checkQuality, endsEarly, inRecord } from './record-checks.ts';
import {
	ANSI_ANGLE_UNITS,
	checkEnd,
	checkImpression,
	checkViewCount,
	endAtDeclaredLength,
	MAGIC,
	readDpi,
	readFinger,
	readMagic,
	readMinutiae,
	readSize,
	skipExtendedData,
} from './record-fields.ts';

const TITLE_2004 = 'ANSI INCITS 378-2004';
const VERSION_2004 = 0x20323000; // " 20\0"
const MIN_BYTES_2004 = 26;
const MIN_ISO_BYTES = 24;
/** Registered by the IBIA for "unknown vendor"; 0 is not allowed. */
const UNKNOWN_VENDOR = 0x0103;

const TITLE_2009 = 'ANSI INCITS 378-2009';
/** "030\0" and, since amendment 1, "035\0". */
const VERSIONS_2009: readonly number[] = [0x30333000, 0x30333500];
/** As in 2004, and palms, contact and contactless, optical and not, other and unknown. */
const IMPRESSIONS_2009: readonly number[] = [0, 1, 2, 3, 8, 10, 11, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29];

/**
 * Encodes a record of ANSI INCITS 378-2004 with one finger view, live-scan plain, without extended data: "FMR\0", " 20\0", the
 * length of the record in 2 bytes, or 0 and the length in 4 bytes, the vendor and version of the program in 2 bytes each, then the
 * layout that `common-layout.ts` describes. Of more than 255 minutiae, those with the best quality are kept.
 *
 * @throws ServiceError INVALID_MESSAGE if a size, resolution, quality or coordinate does not fit into a record
 * @see ANSI INCITS 378-2004, clause 6
 */
export function encodeAnsi2004Record(view: FingerView): Uint8Array {
	return inRecord(TITLE_2004, () => {
		const rest = new ByteWriter();
		writeCommonLayout(rest, view, ANSI_ANGLE_UNITS);
		const writer = new ByteWriter();
		writer.uint32(MAGIC, VERSION_2004);
		writer.uint16(14 + rest.length, UNKNOWN_VENDOR, 0);
		writer.append(rest);
		return writer.toBytes();
	});
}

/**
 * Decodes a record of ANSI INCITS 378-2004; see `encodeAnsi2004Record` for the layout.
 *
 * @param bytes one record, zero bytes may follow; may be untrusted
 * @returns one finger view or more
 * @throws ServiceError INVALID_MESSAGE with the first fault
 */
export function decodeAnsi2004Views(bytes: Uint8Array): FingerView[] {
	return inRecord(TITLE_2004, () => {
		const cursor = new ByteCursor(bytes, endsEarly);
		readMagic(cursor, (version) => version === VERSION_2004, ' 20');
		const shortLength = cursor.uint16();
		endAtDeclaredLength(cursor, bytes, shortLength === 0 ? cursor.uint32() : shortLength);
		cursor.skip(4);
		return readCommonLayout(cursor, ANSI_ANGLE_UNITS);
	});
}

/**
 * Whether a record of version " 20" is one of ANSI INCITS 378-2004, not of ISO/IEC 19794-2:2005. The length distinguishes them: the
 * first 2 bytes are at least 26, or 0 and followed by 2 bytes below 24, which neither length in an ISO record can be.
 */
export function isAnsi2004Record(bytes: Uint8Array): boolean {
	if (bytes.length < 12) return false;
	const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (data.getUint32(4) !== VERSION_2004) return false;
	const shortLength = data.getUint16(8);
	return shortLength === 0 ? data.getUint16(10) < MIN_ISO_BYTES : shortLength >= MIN_BYTES_2004;
}

/**
 * Decodes a record of ANSI INCITS 378-2009.
 *
 * ```
 *  bytes  record header                            bytes  finger view
 *    4    "FMR\0"                                    1    finger position 0..10, 0 = unknown
 *    4    "030\0" or "035\0"                         1    view number
 *    4    length of the record in bytes              1    impression type
 *    2    vendor of the program                      1    finger quality 0..100, 254 = none, 255 = failed
 *    2    version of the program                     4    vendor and algorithm of the quality
 *    1    certification of the reader                2    width, pixels
 *    2    capture equipment, 0 = unknown             2    height, pixels
 *    1    number of finger views                     2    pixels per cm across
 *    1    reserved, 0                                2    pixels per cm down
 *                                                    1    number of minutiae n
 *                                                   6n    minutiae as in 2004
 *                                                    2    length of the extended data, then the data
 * ```
 *
 * @param bytes one record, zero bytes may follow; may be untrusted
 * @returns one finger view or more
 * @throws ServiceError INVALID_MESSAGE with the first fault
 * @see ANSI INCITS 378-2009, clause 7
 */
export function decodeAnsi2009Views(bytes: Uint8Array): FingerView[] {
	return inRecord(TITLE_2009, () => {
		const cursor = new ByteCursor(bytes, endsEarly);
		readMagic(cursor, (version) => VERSIONS_2009.includes(version), '030" or "035');
		endAtDeclaredLength(cursor, bytes, cursor.uint32());
		cursor.skip(7);
		const count = checkViewCount(cursor.uint8());
		cursor.skip(1);
		const views = Array.from({ length: count }, () => readView2009(cursor));
		checkEnd(cursor);
		return views;
	});
}

function readView2009(cursor: ByteCursor): FingerView {
	const finger = readFinger(cursor);
	cursor.skip(1);
	checkImpression(cursor.uint8(), IMPRESSIONS_2009);
	const quality = checkQuality(cursor.uint8(), 'finger quality');
	cursor.skip(4);
	const image = { ...readSize(cursor), dpi: readDpi(cursor) };
	const layout = { angleUnits: ANSI_ANGLE_UNITS, hasQuality: true };
	const minutiae = readMinutiae(cursor, cursor.uint8(), image, layout);
	skipExtendedData(cursor);
	return { ...image, finger, quality, minutiae };
}
