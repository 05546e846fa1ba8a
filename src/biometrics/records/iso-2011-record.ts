import { ByteCursor } from './byte-cursor.ts';
import { ByteWriter } from './byte-writer.ts';
import { bestMinutiae, type FingerView } from './finger-view.ts';
import { check, checkFinger, checkPercent, checkQuality, endsEarly, inRecord } from './record-checks.ts';
import {
	checkEnd,
	checkImpression,
	checkViewCount,
	endAtDeclaredLength,
	ISO_ANGLE_UNITS,
	MAGIC,
	readDpi,
	readFinger,
	readMagic,
	readMinutiae,
	readSize,
	skipExtendedData,
	writeDpi,
	writeMinutiae,
	writeSize,
} from './record-fields.ts';

const TITLE = 'ISO/IEC 19794-2:2011';
const VERSION = 0x30333000; // "030\0"
const HEADER_BYTES = 15;
/** Without quality blocks and minutiae. */
const MIN_VIEW_BYTES = 34;
const DATE_BYTES = 9;
const DEVICE_BYTES = 5;
const CERTIFICATION_BYTES = 3;
/** Live-scan and non-live-scan, plain and rolled; latent; swipe; vertical roll; contactless; other; unknown. */
const IMPRESSIONS: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 24, 28, 29];
/** Bytes of a minutia (4 bits) and where ridge endings are marked (4 bits): 0 fork of the valley, 1 end of the ridge. */
const MINUTIAE_WITH_QUALITY = 6;
const MARKED_AT_RIDGE_END = 1;

/**
 * Encodes a record with one finger view, live-scan plain, without a date and extended data. Of more than 255 minutiae, those with
 * the best quality are kept.
 *
 * ```
 *  bytes  record header                                 bytes  finger view ("representation"), continued
 *    4    "FMR\0"                                         1    finger position 0..10, 0 = unknown
 *    4    "030\0"                                         1    view number
 *    4    length of the record in bytes                   2    pixels per cm across
 *    2    number of finger views                          2    pixels per cm down
 *    1    1 = views have certification blocks             1    impression type
 *                                                         2    width, pixels
 *  bytes  finger view                                     2    height, pixels
 *    4    length of the view in bytes                     1    bytes of a minutia (5 or 6), ridge ending type
 *    9    capture date and time, 0xff = unknown           1    number of minutiae n
 *    1    device technology, 0 = unknown                  n    minutiae as in 2005, the quality is optional
 *    2    device vendor, 0 = unknown                      2    length of the extended data, then the data
 *    2    device type, 0 = unknown
 *    1    number of quality blocks: quality 0..100 (1 byte), vendor (2), algorithm (2)
 *    1    only if announced: number of certification blocks of 3 bytes
 * ```
 *
 * @throws ServiceError INVALID_MESSAGE if a size, resolution, quality or coordinate does not fit into a record
 * @see ISO/IEC 19794-2:2011, clause 8
 */
export function encodeIso2011Record(view: FingerView): Uint8Array {
	return inRecord(TITLE, () => {
		const rest = new ByteWriter();
		writeView(rest, view);
		const writer = new ByteWriter();
		const viewBytes = 4 + rest.length;
		writer.uint32(MAGIC, VERSION, HEADER_BYTES + viewBytes);
		writer.uint16(1);
		writer.uint8(0);
		writer.uint32(viewBytes);
		writer.append(rest);
		return writer.toBytes();
	});
}

/**
 * Decodes a record; see `encodeIso2011Record` for the layout. The first quality block counts; date, device, certification blocks
 * and extended data are skipped.
 *
 * @param bytes one record, zero bytes may follow; may be untrusted
 * @returns one finger view or more
 * @throws ServiceError INVALID_MESSAGE with the first fault
 */
export function decodeIso2011Views(bytes: Uint8Array): FingerView[] {
	return inRecord(TITLE, () => {
		const cursor = new ByteCursor(bytes, endsEarly);
		readMagic(cursor, (version) => version === VERSION, '030');
		const declared = cursor.uint32();
		endAtDeclaredLength(cursor, bytes, declared);
		const count = checkViewCount(cursor.uint16());
		const certification = cursor.uint8();
		check(certification <= 1, `certification flag ${certification} is not 0 or 1`);
		const views = Array.from({ length: count }, () => {
			const view = readView(cursor, certification === 1);
			cursor.endAt(declared);
			return view;
		});
		checkEnd(cursor);
		return views;
	});
}

/** Whether the lengths of the views add up as in a record of this format; ANSI INCITS 378-2009 has the same first 8 bytes. */
export function isIso2011Record(bytes: Uint8Array): boolean {
	const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (bytes.length < HEADER_BYTES || data.getUint32(4) !== VERSION) return false;
	const declared = data.getUint32(8);
	let at = HEADER_BYTES;
	for (let left = data.getUint16(12); left > 0; left--) {
		// What is missing of a record that was cut short cannot contradict it.
		if (at + 4 > bytes.length) return at < declared;
		const length = data.getUint32(at);
		if (length < MIN_VIEW_BYTES) return false;
		at += length;
		if (at > declared) return false;
	}
	const isComplete = bytes.subarray(at, declared).every((byte) => byte === 0);
	return isComplete && data.getUint8(14) <= 1 && at > HEADER_BYTES;
}

function readView(cursor: ByteCursor, hasCertification: boolean): FingerView {
	const start = cursor.position;
	const length = cursor.uint32();
	check(length >= MIN_VIEW_BYTES && length - 4 <= cursor.remaining, `a finger view of ${length} bytes does not fit`);
	cursor.endAt(start + length);
	cursor.skip(DATE_BYTES + DEVICE_BYTES);
	const [quality = 0] = Array.from({ length: cursor.uint8() }, () => readQualityBlock(cursor));
	if (hasCertification) cursor.skip(CERTIFICATION_BYTES * cursor.uint8());
	const finger = readFinger(cursor);
	cursor.skip(1);
	const dpi = readDpi(cursor);
	checkImpression(cursor.uint8(), IMPRESSIONS);
	const image = { ...readSize(cursor), dpi };
	const minutiaBytes = cursor.uint8() >> 4;
	check(minutiaBytes === 5 || minutiaBytes === 6, `a minutia has ${minutiaBytes} bytes, not 5 or 6`);
	const layout = { angleUnits: ISO_ANGLE_UNITS, hasQuality: minutiaBytes === MINUTIAE_WITH_QUALITY };
	const minutiae = readMinutiae(cursor, cursor.uint8(), image, layout);
	skipExtendedData(cursor);
	checkEnd(cursor);
	return { ...image, finger, quality, minutiae };
}

function readQualityBlock(cursor: ByteCursor): number {
	const quality = checkQuality(cursor.uint8(), 'finger quality');
	cursor.skip(4);
	return quality;
}

/** Writes a view without its length. */
function writeView(writer: ByteWriter, view: FingerView): void {
	writer.uint8(...new Array<number>(DATE_BYTES).fill(0xff));
	writer.uint8(...new Array<number>(DEVICE_BYTES).fill(0));
	writer.uint8(1, checkPercent(Math.round(view.quality), 'finger quality'));
	writer.uint16(0, 0);
	writer.uint8(checkFinger(view.finger ?? 0), 0);
	writeDpi(writer, view);
	writer.uint8(0);
	writeSize(writer, view);
	writer.uint8((MINUTIAE_WITH_QUALITY << 4) | MARKED_AT_RIDGE_END);
	writeMinutiae(writer, bestMinutiae(view.minutiae), view, ISO_ANGLE_UNITS);
}
