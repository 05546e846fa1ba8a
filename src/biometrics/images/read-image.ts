import { adviseConversion, describeContent } from '../records/describe-content.ts';
import type { GreyImage } from './grey-image.ts';
import { unusableImage } from './image-limits.ts';
import { isBmp, readBmp } from './read-bmp.ts';
import { readJpeg } from './read-jpeg.ts';
import { isPgm, readPgm } from './read-pgm.ts';
import { readPng } from './read-png.ts';
import { readTiff } from './read-tiff.ts';
import { isJpeg } from './strip-jpeg.ts';
import { isPng } from './strip-png.ts';
import { isTiff } from './tiff-directory.ts';

/** The formats that are decoded: how a file is recognised, and how it is read. */
const FORMATS = [
	{ isFormat: isPng, read: readPng },
	{ isFormat: isPgm, read: readPgm },
	{ isFormat: isBmp, read: readBmp },
	{ isFormat: isJpeg, read: readJpeg },
	{ isFormat: isTiff, read: readTiff },
];

/**
 * Decodes a PNG (any depth and colour), binary PGM (P5), BMP, JPEG or TIFF.
 *
 * @param bytes a whole file; may be untrusted
 * @param dpi pixels per inch; see `readDeclaredDpi` for the resolution in the file
 * @throws ServiceError INVALID_MESSAGE if the file is in another format, which is named, damaged, or more than 4096 pixels wide or
 *   high
 */
export function readImage(bytes: Uint8Array, dpi: number): GreyImage {
	const format = FORMATS.find(({ isFormat }) => isFormat(bytes));
	if (format === undefined) throw unusableImage(`it is ${describeContent(bytes)}: ${adviseConversion(bytes)}`);
	return { ...format.read(bytes), dpi };
}
