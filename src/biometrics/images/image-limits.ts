import { ServiceError } from '../../protocol/errors.ts';
import type { GreyImage } from './grey-image.ts';

/** Pixels; no fingerprint reader is larger, at 500 dpi 208 mm. */
export const MAX_IMAGE_SIDE = 4096;
/** Pixels per inch: the coarsest that an ISO record can state, 99 pixels per cm, and finer than any reader. */
export const IMAGE_DPI = { min: 251, max: 2_000 } as const;

/** What is wrong with a picture, as the error its readers throw. @param cause the library error, if there was one */
export function unusableImage(fault: string, cause?: unknown): ServiceError {
	return new ServiceError('INVALID_MESSAGE', {
		message: `Not a usable picture: ${fault}`,
		details: { field: 'image' },
		cause,
	});
}

/** @throws ServiceError INVALID_MESSAGE unless both sides are 1..4096 */
export function checkImageSize(width: number, height: number): void {
	const isUsable = [width, height].every((side) => Number.isInteger(side) && side >= 1 && side <= MAX_IMAGE_SIDE);
	if (!isUsable) throw unusableImage(`${width} x ${height} pixels; each side must be 1..${MAX_IMAGE_SIDE}`);
}

/** @throws ServiceError INVALID_MESSAGE unless size and resolution are within the limits and no pixel is missing */
export function checkImage({ width, height, dpi, data }: GreyImage): void {
	checkImageSize(width, height);
	const isUsable = dpi >= IMAGE_DPI.min && dpi <= IMAGE_DPI.max;
	if (!isUsable) throw unusableImage(`${dpi} pixels per inch; it must be ${IMAGE_DPI.min}..${IMAGE_DPI.max}`);
	if (data.length !== width * height) throw unusableImage(`${data.length} bytes for ${width} x ${height} pixels`);
}
