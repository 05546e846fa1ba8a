import type { GreyImage } from './grey-image.ts';
import { unusableImage } from './image-limits.ts';
import { isPgm, readPgm } from './read-pgm.ts';
import { readPng } from './read-png.ts';
import { isPng } from './strip-png.ts';

/**
 * A picture from the bytes of a PNG (any depth and colour) or a binary PGM (P5).
 *
 * @param bytes a whole file; may come from anybody
 * @param dpi pixels per inch; files do not say it reliably
 * @throws ServiceError INVALID_MESSAGE when it is neither, damaged, or more than 4096 pixels wide or high
 */
export function readImage(bytes: Uint8Array, dpi: number): GreyImage {
	if (isPng(bytes)) return { ...readPng(bytes), dpi };
	if (isPgm(bytes)) return { ...readPgm(bytes), dpi };
	throw unusableImage('it is neither a PNG nor a binary PGM (P5)');
}
