import { ServiceError } from '../../protocol/errors.ts';
import type { GreyImage } from './grey-image.ts';

/** Longest side of an image, pixels. At 500 dpi this is 208 mm, more than any fingerprint reader. */
export const MAX_IMAGE_SIDE = 4096;
/** Allowed resolution, pixels per inch: from the minimum of an ISO record, 99 pixels per cm, to more than that of any reader. */
export const IMAGE_DPI = { min: 251, max: 2_000 } as const;

/** Returns the error for an image that cannot be used. @param cause the library's error, if there is one */
export function unusableImage(fault: string, cause?: unknown): ServiceError {
	return new ServiceError('INVALID_MESSAGE', {
		message: `The image cannot be used: ${fault}`,
		details: { field: 'image' },
		cause,
	});
}

/** Throws ServiceError INVALID_MESSAGE unless width and height are 1..4096 pixels. */
export function checkImageSize(width: number, height: number): void {
	const isUsable = [width, height].every((side) => Number.isInteger(side) && side >= 1 && side <= MAX_IMAGE_SIDE);
	if (!isUsable) throw unusableImage(`${width} x ${height} pixels; each side must be 1..${MAX_IMAGE_SIDE}`);
}

/** Throws ServiceError INVALID_MESSAGE if size or resolution is outside the limits or the number of pixels is wrong. */
export function checkImage({ width, height, dpi, data }: GreyImage): void {
	checkImageSize(width, height);
	const isUsable = dpi >= IMAGE_DPI.min && dpi <= IMAGE_DPI.max;
	if (!isUsable) throw unusableImage(`${dpi} pixels per inch; it must be ${IMAGE_DPI.min}..${IMAGE_DPI.max}`);
	if (data.length !== width * height) throw unusableImage(`${data.length} bytes for ${width} x ${height} pixels`);
}
