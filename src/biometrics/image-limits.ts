import { ServiceError } from '../protocol/errors.ts';

/** Pixels; no fingerprint reader is larger. */
export const MAX_IMAGE_SIDE = 4096;

/** What is wrong with a picture, as the error its readers throw. @param cause the library error, if there was one */
export function unreadable(fault: string, cause?: unknown): ServiceError {
	return new ServiceError('INVALID_MESSAGE', {
		message: `Not a usable picture: ${fault}`,
		details: { field: 'image' },
		cause,
	});
}

/** @throws ServiceError INVALID_MESSAGE unless both sides are 1..4096 */
export function checkImageSize(width: number, height: number): void {
	const isUsable = [width, height].every((side) => Number.isInteger(side) && side >= 1 && side <= MAX_IMAGE_SIDE);
	if (!isUsable) throw unreadable(`${width} x ${height} pixels; each side must be 1..${MAX_IMAGE_SIDE}`);
}
