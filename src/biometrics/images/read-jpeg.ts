import { decode } from 'jpeg-js';
import type { GreyImage } from './grey-image.ts';
import { unusableImage } from './image-limits.ts';
import { luma } from './luma.ts';
import type { PixelDensity } from './pixel-density.ts';
import { hasText, readJpegSegments, stripJpeg } from './strip-jpeg.ts';

/** Marker of the segment with the resolution, and what it begins with. */
const JFIF_MARKER = 0xe0;
const JFIF = 'JFIF\0';
/** Factor to pixels per inch by unit: 1 = pixels per inch, 2 = pixels per cm; 0 declares only the ratio of both axes. */
const UNITS = new Map([
	[1, 1],
	[2, 2.54],
]);

/**
 * Decodes a baseline or progressive JPEG, grey or in colour, to 8-bit grey; colours by their luma. The orientation that a camera
 * stores is ignored: a rotated finger matches as well.
 *
 * @throws ServiceError INVALID_MESSAGE if it is damaged, cut short, too large or CMYK
 */
export function readJpeg(bytes: Uint8Array): Omit<GreyImage, 'dpi'> {
	const { stripped, isRgb } = stripJpeg(bytes);
	const { width, height, data } = decodeJpeg(stripped, isRgb);
	const grey = new Uint8Array(width * height);
	for (let i = 0; i < grey.length; i++) grey[i] = Math.round(luma(data[3 * i]!, data[3 * i + 1]!, data[3 * i + 2]!));
	return { width, height, data: grey };
}

function decodeJpeg(bytes: Uint8Array, isRgb: boolean) {
	try {
		return decode(bytes, {
			useTArray: true,
			formatAsRGBA: false,
			colorTransform: !isRgb,
		});
	} catch (cause) {
		throw unusableImage('the JPEG is damaged', cause);
	}
}

/** Returns the resolution of the JFIF header, or undefined if there is none. @see ITU-T T.871, 10.1 */
export function readJpegDensity(bytes: Uint8Array): PixelDensity | undefined {
	const segments = readJpegSegments(bytes);
	const jfif = segments.find(({ marker, data }) => marker === JFIF_MARKER && hasText(data, JFIF))?.data;
	if (jfif === undefined || jfif.length < 12) return undefined;
	const factor = UNITS.get(jfif[7]!);
	if (factor === undefined) return undefined;
	return { x: factor * (jfif[8]! * 256 + jfif[9]!), y: factor * (jfif[10]! * 256 + jfif[11]!) };
}
