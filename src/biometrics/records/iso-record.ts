import { ByteCursor } from './byte-cursor.ts';
import {
	check,
	checkInside,
	checkPercent,
	checkPixelsPerCm,
	checkSide,
	MAX_SIDE,
	malformed,
} from './iso-record-limits.ts';
import type { Minutia, MinutiaKind } from './minutia.ts';

/** The decoded ISO/IEC 19794-2:2005 record of one impression. */
export interface IsoRecord {
	/** Width of the image in pixels, 1..16384. */
	readonly width: number;
	/** Height of the image in pixels, 1..16384. */
	readonly height: number;
	/** Pixels per inch on both axes, at least 251. The record stores whole pixels per centimetre, so 512 is decoded as 513. */
	readonly dpi: number;
	/** Quality of the whole impression, 0..100, higher is better. */
	readonly quality: number;
	/** A record can contain 255. */
	readonly minutiae: readonly Minutia[];
}

const MAGIC = 0x464d5200; // "FMR\0"
const VERSION = 0x20323000; // " 20\0"
const HEADER_BYTES = 24;
const VIEW_HEADER_BYTES = 4;
const MINUTIA_BYTES = 6;
const EXTENDED_LENGTH_BYTES = 2;
const MAX_VIEWS = 16;
const MAX_MINUTIAE = 255;
const MAX_FINGER_POSITION = 10;
/** Live-scan and non-live-scan, plain and rolled; latent; swipe. */
const IMPRESSIONS: readonly number[] = [0, 1, 2, 3, 8, 9];
const CM_PER_INCH = 2.54;
const RADIANS_PER_UNIT = (2 * Math.PI) / 256;
const TYPE_BITS: Readonly<Record<MinutiaKind, number>> = { 'ridge-ending': 1, bifurcation: 2 };

/**
 * Encodes a record with one finger view of an unknown finger, live-scan plain, without extended data.
 *
 * ```
 *  at  bytes  record header                      at  bytes  finger view (at 24)
 *   0    4    "FMR\0"                             0    1    finger position 0..10, 0 = unknown
 *   4    4    " 20\0"                             1    1    view number (4 bits), impression type (4 bits)
 *   8    4    length of the record in bytes       2    1    finger quality 0..100
 *  12    2    capture equipment, 0 = unknown      3    1    number of minutiae n
 *  14    2    width, pixels                       4   6n    minutiae
 *  16    2    height, pixels                      .    2    length of the extended data, then the data
 *  18    2    pixels per cm across
 *  20    2    pixels per cm down                 at  bytes  minutia
 *  22    1    number of finger views              0    2    type (2 bits: 01 ending, 10 bifurcation, 00 other), x
 *  23    1    reserved, 0                         2    2    reserved (2 bits, 00), y
 *                                                 4    1    angle, 360/256 degrees counter-clockwise
 *                                                 5    1    minutia quality 1..100, 0 = not reported
 * ```
 * All numbers are big-endian. Of more than 255 minutiae, those with the best quality are kept.
 *
 * @throws ServiceError INVALID_MESSAGE if a size, resolution, quality or coordinate does not fit into a record
 * @see ISO/IEC 19794-2:2005, clause 8 (record format)
 */
export function encodeIsoRecord(record: IsoRecord): Uint8Array {
	const minutiae = bestMinutiae(record.minutiae);
	const length = HEADER_BYTES + VIEW_HEADER_BYTES + minutiae.length * MINUTIA_BYTES + EXTENDED_LENGTH_BYTES;
	const view = new DataView(new ArrayBuffer(length));
	writeHeader(view, record);
	view.setUint8(HEADER_BYTES + 2, checkPercent(Math.round(record.quality), 'finger quality'));
	view.setUint8(HEADER_BYTES + 3, minutiae.length);
	for (const [index, minutia] of minutiae.entries()) {
		writeMinutia(view, HEADER_BYTES + VIEW_HEADER_BYTES + index * MINUTIA_BYTES, minutia, record);
	}
	return new Uint8Array(view.buffer);
}

/**
 * Decodes the first finger view of a record; see `encodeIsoRecord` for the layout. Every view is validated, extended data is
 * skipped. A minutia of type "other" (neither ending nor bifurcation) is returned as a ridge ending.
 *
 * @param bytes exactly one record; may be untrusted
 * @throws ServiceError INVALID_MESSAGE with the first fault: signature, wrong length or count, no view or more than 16, a
 *   reserved bit, unequal resolutions, a value or coordinate out of range, bytes missing or left over
 */
export function decodeIsoRecord(bytes: Uint8Array): IsoRecord {
	const cursor = new ByteCursor(bytes, (end) => malformed(`it ends at byte ${end}, in the middle of a field`));
	const { viewCount, ...frame } = readHeader(cursor, bytes.length);
	const first = readView(cursor, frame);
	for (let view = 1; view < viewCount; view++) readView(cursor, frame);
	check(cursor.remaining === 0, `${cursor.remaining} bytes follow the last finger view`);
	return { ...frame, ...first };
}

type Frame = Pick<IsoRecord, 'width' | 'height' | 'dpi'>;

/** Returns as many minutiae as a record can contain: those with the best quality. */
export function bestMinutiae(minutiae: readonly Minutia[]): readonly Minutia[] {
	if (minutiae.length <= MAX_MINUTIAE) return minutiae;
	return minutiae.toSorted((a, b) => b.quality - a.quality).slice(0, MAX_MINUTIAE);
}

function writeHeader(view: DataView, { width, height, dpi }: Frame): void {
	const pixelsPerCm = checkPixelsPerCm(Math.round(dpi / CM_PER_INCH));
	view.setUint32(0, MAGIC);
	view.setUint32(4, VERSION);
	view.setUint32(8, view.byteLength);
	view.setUint16(14, checkSide(width, 'width'));
	view.setUint16(16, checkSide(height, 'height'));
	view.setUint16(18, pixelsPerCm);
	view.setUint16(20, pixelsPerCm);
	view.setUint8(22, 1);
}

function writeMinutia(view: DataView, at: number, minutia: Minutia, frame: Frame): void {
	checkInside(minutia.x, minutia.y, frame);
	const x = Math.min(Math.round(minutia.x), frame.width - 1);
	const y = Math.min(Math.round(minutia.y), frame.height - 1);
	view.setUint16(at, (TYPE_BITS[minutia.kind] << 14) | x);
	view.setUint16(at + 2, y);
	view.setUint8(at + 4, Math.round(minutia.angle / RADIANS_PER_UNIT) & 0xff);
	view.setUint8(at + 5, checkPercent(Math.round(minutia.quality), 'minutia quality'));
}

function readHeader(cursor: ByteCursor, length: number): Frame & { viewCount: number } {
	check(cursor.uint32() === MAGIC, 'it does not begin with "FMR"');
	check(cursor.uint32() === VERSION, 'its version is not " 20"');
	const declared = cursor.uint32();
	check(declared === length, `it declares ${declared} bytes and has ${length}`);
	check((cursor.uint16() & 0x7000) === 0, 'reserved bits of the capture equipment are set');
	const width = checkSide(cursor.uint16(), 'width');
	const height = checkSide(cursor.uint16(), 'height');
	const pixelsPerCm = checkPixelsPerCm(cursor.uint16());
	check(cursor.uint16() === pixelsPerCm, 'its two axes differ in resolution');
	const viewCount = cursor.uint8();
	check(viewCount >= 1 && viewCount <= MAX_VIEWS, `it has ${viewCount} finger views, not 1..${MAX_VIEWS}`);
	check(cursor.uint8() === 0, 'the reserved byte of the header is not 0');
	return { width, height, dpi: Math.round(pixelsPerCm * CM_PER_INCH), viewCount };
}

function readView(cursor: ByteCursor, frame: Frame): Pick<IsoRecord, 'quality' | 'minutiae'> {
	const position = cursor.uint8();
	check(position <= MAX_FINGER_POSITION, `finger position ${position} does not exist`);
	const impression = cursor.uint8() & 0x0f;
	check(IMPRESSIONS.includes(impression), `impression type ${impression} does not exist`);
	const quality = checkPercent(cursor.uint8(), 'finger quality');
	const minutiae = Array.from({ length: cursor.uint8() }, () => readMinutia(cursor, frame));
	cursor.skip(cursor.uint16());
	return { quality, minutiae };
}

function readMinutia(cursor: ByteCursor, frame: Frame): Minutia {
	const typeAndX = cursor.uint16();
	const y = cursor.uint16();
	const type = typeAndX >> 14;
	const x = typeAndX & (MAX_SIDE - 1);
	check(type !== 3, 'minutia type 3 does not exist');
	check(y < MAX_SIDE, 'reserved bits of a minutia are set');
	checkInside(x, y, frame);
	return {
		kind: type === TYPE_BITS.bifurcation ? 'bifurcation' : 'ridge-ending',
		x,
		y,
		angle: cursor.uint8() * RADIANS_PER_UNIT,
		quality: checkPercent(cursor.uint8(), 'minutia quality'),
	};
}
