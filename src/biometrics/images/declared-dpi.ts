import { IMAGE_DPI } from './image-limits.ts';
import type { PixelDensity } from './pixel-density.ts';
import { isBmp, readBmpDensity } from './read-bmp.ts';
import { readJpegDensity } from './read-jpeg.ts';
import { readPngDensity } from './read-png.ts';
import { readTiffDensity } from './read-tiff.ts';
import { WORKING_DPI } from './rescale.ts';
import { isJpeg } from './strip-jpeg.ts';
import { isPng } from './strip-png.ts';
import { isTiff } from './tiff-directory.ts';

/** The resolution to use for an image file without one from the operator. */
export interface DeclaredDpi {
	/** Pixels per inch, an integer within IMAGE_DPI. */
	readonly dpi: number;
	/** Why the resolution in the file is not used; undefined if it is used or the file declares none. */
	readonly fault?: string;
}

/** Allowed relative difference of both axes, for files that round to whole pixels per cm. */
const AXES_TOLERANCE = 0.01;

/**
 * Returns the resolution that an image file declares, or 500 if it declares none or an unusable one. A resolution outside IMAGE_DPI
 * is not that of a scan: programs write 72 or 96 into images that they do not know the resolution of.
 *
 * @param bytes a file that `readImage` decodes
 */
export function readDeclaredDpi(bytes: Uint8Array): DeclaredDpi {
	const density = readDensity(bytes);
	if (density === undefined) return { dpi: WORKING_DPI };
	const { x, y } = density;
	const [dpi, vertical] = [Math.round(x), Math.round(y)];
	if (!(Math.abs(x - y) <= AXES_TOLERANCE * Math.abs(x))) {
		return { dpi: WORKING_DPI, fault: `declares different resolutions, ${dpi} and ${vertical} dpi` };
	}
	if (dpi >= IMAGE_DPI.min && dpi <= IMAGE_DPI.max) return { dpi };
	return { dpi: WORKING_DPI, fault: `declares ${dpi} dpi, which is not the resolution of a fingerprint scan` };
}

function readDensity(bytes: Uint8Array): PixelDensity | undefined {
	if (isPng(bytes)) return readPngDensity(bytes);
	if (isJpeg(bytes)) return readJpegDensity(bytes);
	if (isTiff(bytes)) return readTiffDensity(bytes);
	if (isBmp(bytes)) return readBmpDensity(bytes);
	return undefined;
}
