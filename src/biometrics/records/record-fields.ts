import type { ByteCursor } from './byte-cursor.ts';
import type { ByteWriter } from './byte-writer.ts';
import { toDpi, toPixelsPerCm, type ViewImage } from './finger-view.ts';
import type { Minutia, MinutiaKind } from './minutia.ts';
import {
	check,
	checkFinger,
	checkInside,
	checkPercent,
	checkPixelsPerCm,
	checkQuality,
	checkSide,
	MAX_SIDE,
} from './record-checks.ts';

/* Fields that the record formats have in common. Read and write them inside `inRecord`. */

/** "FMR" and a zero byte. */
export const MAGIC = 0x464d5200;

/** Eleven positions with 16 views each. */
const MAX_VIEWS = 176;

/** Units of an angle per turn. */
export const ISO_ANGLE_UNITS = 256;
export const ANSI_ANGLE_UNITS = 180;

/** How a format stores minutiae. */
export interface MinutiaLayout {
	readonly angleUnits: number;
	/** Without qualities, minutiae are a byte shorter, and are decoded with quality 0. */
	readonly hasQuality: boolean;
}

const TYPE_BITS: Readonly<Record<MinutiaKind, number>> = { 'ridge-ending': 1, bifurcation: 2 };

/** Reads the first 8 bytes. @param version four bytes */
export function readMagic(cursor: ByteCursor, isVersion: (version: number) => boolean, expected: string): void {
	check(cursor.uint32() === MAGIC, 'it does not begin with "FMR"');
	check(isVersion(cursor.uint32()), `its version is not "${expected}"`);
}

/**
 * Makes the cursor stop at the declared length of the record. Only zero bytes may follow: some programs store records in buffers
 * of a fixed size.
 */
export function endAtDeclaredLength(cursor: ByteCursor, bytes: Uint8Array, declared: number): void {
	const isComplete = declared <= bytes.length && bytes.subarray(declared).every((byte) => byte === 0);
	check(isComplete, `it declares ${declared} bytes and has ${bytes.length}`);
	cursor.endAt(declared);
}

/** Checks that nothing but zero bytes follows the last view. */
export function checkEnd(cursor: ByteCursor): void {
	const left = cursor.remaining;
	while (cursor.remaining > 0) check(cursor.uint8() === 0, `${left} bytes follow the last finger view`);
}

/** Returns the number of views if it is allowed; else throws. */
export function checkViewCount(count: number): number {
	check(count >= 1 && count <= MAX_VIEWS, `it has ${count} finger views, not 1..${MAX_VIEWS}`);
	return count;
}

/** Throws unless the impression type is allowed. */
export function checkImpression(type: number, allowed: readonly number[]): void {
	check(allowed.includes(type), `impression type ${type} does not exist`);
}

/** Reads the position of one finger. */
export function readFinger(cursor: ByteCursor): number {
	return checkFinger(cursor.uint8());
}

/** Reads width and height. */
export function readSize(cursor: ByteCursor): Omit<ViewImage, 'dpi'> {
	return { width: checkSide(cursor.uint16(), 'width'), height: checkSide(cursor.uint16(), 'height') };
}

/** Reads the resolution of both axes. @returns pixels per inch */
export function readDpi(cursor: ByteCursor): number {
	const pixelsPerCm = checkPixelsPerCm(cursor.uint16());
	check(cursor.uint16() === pixelsPerCm, 'its two axes differ in resolution');
	return toDpi(pixelsPerCm);
}

/** Reads minutiae, each with coordinates inside the image. */
export function readMinutiae(cursor: ByteCursor, count: number, image: ViewImage, layout: MinutiaLayout): Minutia[] {
	return Array.from({ length: count }, () => readMinutia(cursor, image, layout));
}

/** Skips ridge counts, cores, deltas, and data of vendors. */
export function skipExtendedData(cursor: ByteCursor): void {
	cursor.skip(cursor.uint16());
}

/** Writes width and height. */
export function writeSize(writer: ByteWriter, { width, height }: ViewImage): void {
	writer.uint16(checkSide(width, 'width'), checkSide(height, 'height'));
}

/** Writes the resolution of both axes. */
export function writeDpi(writer: ByteWriter, { dpi }: ViewImage): void {
	const pixelsPerCm = checkPixelsPerCm(toPixelsPerCm(dpi));
	writer.uint16(pixelsPerCm, pixelsPerCm);
}

/** Writes the number of minutiae, the minutiae, and that no extended data follows. */
export function writeMinutiae(
	writer: ByteWriter,
	minutiae: readonly Minutia[],
	image: ViewImage,
	angleUnits: number,
): void {
	writer.uint8(minutiae.length);
	for (const minutia of minutiae) writeMinutia(writer, minutia, image, angleUnits);
	writer.uint16(0);
}

function readMinutia(cursor: ByteCursor, image: ViewImage, { angleUnits, hasQuality }: MinutiaLayout): Minutia {
	const typeAndX = cursor.uint16();
	const y = cursor.uint16();
	const type = typeAndX >> 14;
	const x = typeAndX & (MAX_SIDE - 1);
	check(type !== 3, 'minutia type 3 does not exist');
	check(y < MAX_SIDE, 'reserved bits of a minutia are set');
	checkInside(x, y, image);
	const angle = cursor.uint8();
	check(angle < angleUnits, `minutia angle ${angle} is not 0..${angleUnits - 1}`);
	return {
		kind: type === TYPE_BITS.bifurcation ? 'bifurcation' : 'ridge-ending',
		x,
		y,
		angle: (angle * 2 * Math.PI) / angleUnits,
		quality: hasQuality ? checkQuality(cursor.uint8(), 'minutia quality') : 0,
	};
}

function writeMinutia(writer: ByteWriter, minutia: Minutia, image: ViewImage, angleUnits: number): void {
	checkInside(minutia.x, minutia.y, image);
	const x = Math.min(Math.round(minutia.x), image.width - 1);
	const y = Math.min(Math.round(minutia.y), image.height - 1);
	writer.uint16((TYPE_BITS[minutia.kind] << 14) | x, y);
	writer.uint8(
		Math.round((minutia.angle * angleUnits) / (2 * Math.PI)) % angleUnits,
		checkPercent(Math.round(minutia.quality), 'minutia quality'),
	);
}
