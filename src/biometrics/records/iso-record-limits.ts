import { ServiceError } from '../../protocol/errors.ts';

/** Pixels; a coordinate has 14 bits. */
export const MAX_SIDE = 1 << 14;
const MIN_PIXELS_PER_CM = 99;

/** Returns the error for a record that cannot be encoded or decoded. */
export function malformed(fault: string): ServiceError {
	return new ServiceError('INVALID_MESSAGE', {
		message: `Not a usable ISO/IEC 19794-2:2005 record: ${fault}`,
		details: { field: 'template' },
	});
}

/** @throws ServiceError INVALID_MESSAGE with `fault` unless the condition is true */
export function check(condition: boolean, fault: string): void {
	if (!condition) throw malformed(fault);
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

/** Throws for a point outside the image. */
export function checkInside(x: number, y: number, image: { readonly width: number; readonly height: number }): void {
	const isInside = x >= 0 && x < image.width && y >= 0 && y < image.height;
	check(isInside, `minutia (${x}, ${y}) lies outside ${image.width} x ${image.height}`);
}
