import type { ByteCursor } from './byte-cursor.ts';
import type { ByteWriter } from './byte-writer.ts';
import { bestMinutiae, type FingerView, type ViewImage } from './finger-view.ts';
import { check, checkFinger, checkPercent, checkQuality } from './record-checks.ts';
import {
	checkEnd,
	checkImpression,
	checkViewCount,
	readDpi,
	readFinger,
	readMinutiae,
	readSize,
	skipExtendedData,
	writeDpi,
	writeMinutiae,
	writeSize,
} from './record-fields.ts';

/*
 * The part of a record in which ISO/IEC 19794-2:2005 and ANSI INCITS 378-2004 differ only in the unit of angles: the header from
 * the capture equipment on, and the finger views. All numbers are big-endian.
 *
 *  bytes  end of the header                         bytes  finger view
 *    2    capture equipment, 0 = unknown              1    finger position 0..10, 0 = unknown
 *    2    width, pixels                               1    view number (4 bits), impression type (4 bits)
 *    2    height, pixels                              1    finger quality 0..100
 *    2    pixels per cm across                        1    number of minutiae n
 *    2    pixels per cm down                         6n    minutiae
 *    1    number of finger views                      2    length of the extended data, then the data
 *    1    reserved, 0
 *
 *  bytes  minutia
 *    2    type (2 bits: 01 ending, 10 bifurcation, 00 other), x
 *    2    reserved (2 bits, 00), y
 *    1    angle counter-clockwise, in units of 360/256 (ISO) or 2 (ANSI) degrees
 *    1    minutia quality 1..100, 0 = not reported
 */

/** Live-scan and non-live-scan, plain and rolled; latent; swipe. */
const IMPRESSIONS: readonly number[] = [0, 1, 2, 3, 8, 9];

/** Reads the views up to the end of the record. */
export function readCommonLayout(cursor: ByteCursor, angleUnits: number): FingerView[] {
	check((cursor.uint16() & 0x7000) === 0, 'reserved bits of the capture equipment are set');
	const image: ViewImage = { ...readSize(cursor), dpi: readDpi(cursor) };
	const count = checkViewCount(cursor.uint8());
	check(cursor.uint8() === 0, 'the reserved byte of the header is not 0');
	const views = Array.from({ length: count }, () => readView(cursor, image, angleUnits));
	checkEnd(cursor);
	return views;
}

/** Writes one view, of a live-scan plain impression, without extended data. */
export function writeCommonLayout(writer: ByteWriter, view: FingerView, angleUnits: number): void {
	const minutiae = bestMinutiae(view.minutiae);
	writer.uint16(0);
	writeSize(writer, view);
	writeDpi(writer, view);
	writer.uint8(1, 0);
	writer.uint8(checkFinger(view.finger ?? 0), 0, checkPercent(Math.round(view.quality), 'finger quality'));
	writeMinutiae(writer, minutiae, view, angleUnits);
}

function readView(cursor: ByteCursor, image: ViewImage, angleUnits: number): FingerView {
	const finger = readFinger(cursor);
	checkImpression(cursor.uint8() & 0x0f, IMPRESSIONS);
	const quality = checkQuality(cursor.uint8(), 'finger quality');
	const minutiae = readMinutiae(cursor, cursor.uint8(), image, { angleUnits, hasQuality: true });
	skipExtendedData(cursor);
	return { ...image, finger, quality, minutiae };
}
