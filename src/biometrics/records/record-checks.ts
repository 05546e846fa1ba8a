import { ServiceError } from '../../protocol/errors.ts';

/** Pixels; a coordinate has 14 bits. */
export const MAX_SIDE = 1 << 14;
const MIN_PIXELS_PER_CM = 99;
const MAX_FINGER_POSITION = 10;
/** The quality could not be computed, or is not reported. */
const NO_QUALITY: readonly number[] = [254, 255];

/** A fault of a record; `inRecord` adds the name of the format. */
class RecordFault extends Error {}

/** Runs the encoder or decoder of a format. @throws ServiceError INVALID_MESSAGE with the format and the first fault */
export function inRecord<T>(format: string, act: () => T): T {
	try {
		return act();
	} catch (cause) {
		if (!(cause instanceof RecordFault)) throw cause;
		throw notUsable(`not a usable ${format} record: ${cause.message}`);
	}
}

/** Returns the error for bytes or text that cannot be used as a template. */
export function notUsable(message: string): ServiceError {
	return new ServiceError('INVALID_MESSAGE', { message, details: { field: 'template' } });
}

/** Returns the fault of a record that ends too early. */
export function endsEarly(end: number): Error {
	return new RecordFault(`it ends at byte ${end}, in the middle of a field`);
}

/** Throws `fault` unless the condition is true. Call this, and all checks below, inside `inRecord`. */
export function check(condition: boolean, fault: string): void {
	if (!condition) throw new RecordFault(fault);
}

/** Returns the width or height of an image if a record can contain it; else throws. */
export function checkSide(side: number, name: 'width' | 'height'): number {
	check(Number.isInteger(side) && side >= 1 && side <= MAX_SIDE, `${name} ${side} is not 1..${MAX_SIDE}`);
	return side;
}

/** Returns the resolution of an axis if the standard allows it, about 250 dpi or finer; else throws. */
export function checkPixelsPerCm(pixelsPerCm: number): number {
	const isAllowed = pixelsPerCm >= MIN_PIXELS_PER_CM && pixelsPerCm <= 0xffff;
	check(isAllowed, `${pixelsPerCm} pixels per cm are not ${MIN_PIXELS_PER_CM}..65535`);
	return pixelsPerCm;
}

/** Returns a quality if it is 0..100; else throws. */
export function checkPercent(value: number, name: string): number {
	check(value >= 0 && value <= 100, `${name} ${value} is not 0..100`);
	return value;
}

/** Returns a quality that was read from a record, 0..100; 0 if the record contains none. */
export function checkQuality(value: number, name: string): number {
	return NO_QUALITY.includes(value) ? 0 : checkPercent(value, name);
}

/** Returns a finger position if it is that of one finger, 1..10, or 0 for unknown; else throws. */
export function checkFinger(position: number): number {
	const isOneFinger = Number.isInteger(position) && position >= 0 && position <= MAX_FINGER_POSITION;
	check(isOneFinger, `finger position ${position} is not that of one finger, 0..${MAX_FINGER_POSITION}`);
	return position;
}

/** Throws for a point outside the image. */
export function checkInside(x: number, y: number, image: { readonly width: number; readonly height: number }): void {
	const isInside = x >= 0 && x < image.width && y >= 0 && y < image.height;
	check(isInside, `minutia (${x}, ${y}) lies outside ${image.width} x ${image.height}`);
}
