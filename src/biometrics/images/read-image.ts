import type { GreyImage } from './grey-image.ts';
import { unusableImage } from './image-limits.ts';
import { isPgm, readPgm } from './read-pgm.ts';
import { readPng } from './read-png.ts';
import { isPng } from './strip-png.ts';

/**
 * Decodes a PNG (any depth and colour) or a binary PGM (P5).
 *
 * @param bytes a whole file; may be untrusted
 * @param dpi pixels per inch; the resolution stored in such files is unreliable
 * @throws ServiceError INVALID_MESSAGE if the file is neither, damaged, or more than 4096 pixels wide or high
 */
export function readImage(bytes: Uint8Array, dpi: number): GreyImage {
	if (isPng(bytes)) return { ...readPng(bytes), dpi };
	if (isPgm(bytes)) return { ...readPgm(bytes), dpi };
	throw unusableImage('it is neither a PNG nor a binary PGM (P5)');
}

/** Returns whether the bytes have the signature of a file that `readImage` decodes. */
export function isImage(bytes: Uint8Array): boolean {
	return isPng(bytes) || isPgm(bytes);
}
