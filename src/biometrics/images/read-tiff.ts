import { inflateSync } from 'node:zlib';
import { decode, type TiffIfd } from 'tiff';
import type { GreyImage } from './grey-image.ts';
import { checkImageSize, unusableImage } from './image-limits.ts';
import { luma, onWhite } from './luma.ts';
import { lzwLength } from './lzw-length.ts';
import type { PixelDensity } from './pixel-density.ts';
import { readTiffDirectory, replaceTiffDirectory, TIFF_TAG, type TiffDirectory } from './tiff-directory.ts';

/** Compressions that are decoded. */
const UNCOMPRESSED = 1;
const LZW = 5;
const DEFLATE: readonly number[] = [8, 32_946];
/** Names of others. */
const COMPRESSIONS = new Map([
	[2, 'CCITT fax'],
	[3, 'CCITT fax'],
	[4, 'CCITT fax'],
	[6, 'JPEG'],
	[7, 'JPEG'],
	[32_773, 'PackBits'],
	[34_712, 'JPEG 2000'],
	[50_000, 'Zstandard'],
]);
/** Samples per pixel, without opacity, by the tag of the colours: grey with 0 = white, grey with 0 = black, RGB, palette. */
const CHANNELS = [1, 1, 3, 1];
const WHITE_IS_ZERO = 0;
const PALETTE = 3;
/** Names of other colours. */
const COLOURS = new Map([
	[4, 'a transparency mask'],
	[5, 'CMYK'],
	[6, 'YCbCr'],
	[8, 'CIE L*a*b*'],
]);
/** Factor to pixels per inch by unit: 2 = inch, 3 = cm; 1 declares only the ratio of both axes. */
const UNITS = new Map([
	[2, 1],
	[3, 2.54],
]);
const INCH = 2;
/** Highest value of a palette's component. */
const PALETTE_MAX = 65_535;

/**
 * Decodes the first page of a TIFF to 8-bit grey: colours by their luma, transparent pixels on white. It may have 1, 8 or 16 bits
 * per sample, be grey (with white as highest or lowest value), RGB or have a palette, and be uncompressed or packed with LZW or
 * Deflate.
 *
 * @throws ServiceError INVALID_MESSAGE if it is damaged, too large, unpacks to more than its size, or is of another kind
 * @see TIFF revision 6.0
 */
export function readTiff(bytes: Uint8Array): Omit<GreyImage, 'dpi'> {
	const directory = readTiffDirectory(bytes);
	const layout = checkLayout(directory);
	const strips = checkStrips(bytes, directory, layout);
	const optional = [TIFF_TAG.predictor, TIFF_TAG.palette, TIFF_TAG.extraSamples].map(
		(tag) => [tag, directory.get(tag) ?? []] as const,
	);
	const page = replaceTiffDirectory(
		bytes,
		new Map([
			[TIFF_TAG.width, [layout.width]],
			[TIFF_TAG.height, [layout.height]],
			[TIFF_TAG.bitsPerSample, [layout.bits]],
			[TIFF_TAG.samplesPerPixel, [layout.samples]],
			[TIFF_TAG.colours, [layout.colours]],
			[TIFF_TAG.compression, [layout.compression]],
			[TIFF_TAG.rowsPerStrip, [layout.rowsPerStrip]],
			[TIFF_TAG.stripOffsets, strips.map(({ offset }) => offset)],
			[TIFF_TAG.stripByteCounts, strips.map(({ length }) => length)],
			...optional.filter(([, values]) => values.length > 0),
		]),
	);
	return toGrey(decodePage(page), layout);
}

/** Returns the resolution of the first page, or undefined if there is none. */
export function readTiffDensity(bytes: Uint8Array): PixelDensity | undefined {
	const directory = readTiffDirectory(bytes);
	const factor = UNITS.get(first(directory, TIFF_TAG.resolutionUnit, INCH));
	const x = directory.get(TIFF_TAG.xResolution)?.[0];
	const y = directory.get(TIFF_TAG.yResolution)?.[0] ?? x;
	if (factor === undefined || x === undefined || y === undefined) return undefined;
	// Programs that know no resolution also write fractions with the denominator 0.
	return Number.isFinite(x + y) ? { x: factor * x, y: factor * y } : undefined;
}

/** How the pixels of a page are stored. */
interface Layout {
	readonly width: number;
	readonly height: number;
	/** Per sample. */
	readonly bits: number;
	/** Per pixel. */
	readonly samples: number;
	readonly colours: number;
	readonly compression: number;
	readonly rowsPerStrip: number;
}

function checkLayout(directory: TiffDirectory): Layout {
	const [width, height] = [first(directory, TIFF_TAG.width, 0), first(directory, TIFF_TAG.height, 0)];
	checkImageSize(width, height);
	const compression = first(directory, TIFF_TAG.compression, UNCOMPRESSED);
	if (![UNCOMPRESSED, LZW, ...DEFLATE].includes(compression)) {
		throw unsupported(`is compressed with ${COMPRESSIONS.get(compression) ?? `method ${compression}`}`);
	}
	const layout = {
		...{ width, height, compression },
		...checkSamples(directory),
		rowsPerStrip: Math.min(first(directory, TIFF_TAG.rowsPerStrip, height), height),
	};
	if (layout.rowsPerStrip < 1) throw unusableImage('a field of the TIFF is malformed');
	return layout;
}

function checkSamples(directory: TiffDirectory): Pick<Layout, 'bits' | 'samples' | 'colours'> {
	const colours = first(directory, TIFF_TAG.colours, Number.NaN);
	const samples = first(directory, TIFF_TAG.samplesPerPixel, 1);
	const bits = first(directory, TIFF_TAG.bitsPerSample, 1);
	const channels = CHANNELS[colours];
	if (channels === undefined) throw unsupported(`has ${COLOURS.get(colours) ?? 'unknown'} colours`);
	const extra = directory.get(TIFF_TAG.extraSamples)?.length ?? 0;
	const mayHaveOpacity = colours !== WHITE_IS_ZERO && colours !== PALETTE;
	if (samples !== channels + extra || extra > (mayHaveOpacity ? 1 : 0)) {
		throw unsupported(`has ${samples} samples per pixel`);
	}
	const isEqual = directory.get(TIFF_TAG.bitsPerSample)?.every((value) => value === bits) ?? true;
	const allowed = samples > 1 ? [8, 16] : [1, 8, 16];
	if (!isEqual || !allowed.includes(bits)) throw unsupported(`has ${bits} bits per sample`);
	const isSigned = directory.get(TIFF_TAG.sampleFormat)?.some((format) => format !== 1) ?? false;
	if (isSigned) throw unsupported('has samples that are signed or floating-point numbers');
	const paletteSize = directory.get(TIFF_TAG.palette)?.length ?? 0;
	if (colours === PALETTE && paletteSize !== 3 * 2 ** bits) throw unusableImage('the palette of the TIFF is malformed');
	checkOrder(directory, { bits, samples });
	return { colours, samples, bits };
}

function checkOrder(directory: TiffDirectory, { bits, samples }: { bits: number; samples: number }): void {
	if (directory.has(TIFF_TAG.tileWidth)) throw unsupported('is divided into tiles');
	if (samples > 1 && first(directory, TIFF_TAG.planes, 1) !== 1) throw unsupported('stores each colour separately');
	if (first(directory, TIFF_TAG.fillOrder, 1) !== 1) throw unsupported('stores the bits of its bytes in reverse order');
	const orientation = first(directory, TIFF_TAG.orientation, 1);
	if (orientation !== 1) throw unsupported(`is rotated or mirrored (orientation ${orientation})`);
	const predictor = first(directory, TIFF_TAG.predictor, 1);
	const isAllowed = predictor === 1 || (predictor === 2 && bits >= 8);
	if (!isAllowed) throw unsupported(`uses predictor ${predictor}`);
}

interface Strip {
	/** Index of the first byte. */
	readonly offset: number;
	/** Bytes in the file. */
	readonly length: number;
}

/** Returns the strips, each of which lies inside the file and unpacks to its rows. */
function checkStrips(bytes: Uint8Array, directory: TiffDirectory, layout: Layout): Strip[] {
	const { width, height, bits, samples, compression, rowsPerStrip } = layout;
	const rowBytes = Math.ceil((width * samples * bits) / 8);
	const offsets = directory.get(TIFF_TAG.stripOffsets) ?? [];
	const lengths = directory.get(TIFF_TAG.stripByteCounts) ?? [];
	const count = Math.ceil(height / rowsPerStrip);
	if (offsets.length !== count)
		throw unusableImage(`the TIFF has ${offsets.length} strips of pixels instead of ${count}`);
	return offsets.map((offset, i) => {
		const needed = rowBytes * Math.min(rowsPerStrip, height - i * rowsPerStrip);
		const length = lengths[i] ?? (compression === UNCOMPRESSED ? needed : 0);
		if (offset + length > bytes.length) throw unusableImage('the TIFF ends too early');
		const strip = bytes.subarray(offset, offset + length);
		// Some programs fill the last strip up to the full number of rows.
		const unpacked = unpackedLength(strip, compression, rowBytes * rowsPerStrip);
		if (unpacked < needed) throw unusableImage('pixels are missing from the TIFF');
		return { offset, length };
	});
}

/** @throws ServiceError INVALID_MESSAGE if more than `limit` bytes would be unpacked */
function unpackedLength(strip: Uint8Array, compression: number, limit: number): number {
	if (compression === UNCOMPRESSED) return strip.length;
	if (compression === LZW) {
		const length = lzwLength(strip, limit);
		if (length > limit) throw unusableImage('the pixels of the TIFF are damaged');
		return length;
	}
	try {
		return inflateSync(strip, { maxOutputLength: limit }).length;
	} catch (cause) {
		throw unusableImage('the pixels of the TIFF are damaged', cause);
	}
}

function decodePage(bytes: Uint8Array): TiffIfd {
	try {
		return decode(bytes, { pages: [0] })[0]!;
	} catch (cause) {
		throw unusableImage('the TIFF is damaged', cause);
	}
}

function toGrey(page: TiffIfd, { width, height, bits, samples, colours }: Layout): Omit<GreyImage, 'dpi'> {
	const max = 2 ** bits - 1;
	const palette = colours === PALETTE ? readPalette(page) : undefined;
	const hasColour = samples >= 3;
	const source = page.data;
	const data = new Uint8Array(width * height);
	for (let i = 0; i < data.length; i++) {
		const at = i * samples;
		const value = hasColour ? luma(source[at]!, source[at + 1]!, source[at + 2]!) : source[at]!;
		const opacity = page.alpha ? source[at + samples - 1]! / max : 1;
		data[i] = palette?.[value] ?? onWhite(Math.min(value / max, 1), opacity);
	}
	return { width, height, data };
}

/** Returns the grey level of each index. */
function readPalette(page: TiffIfd): Uint8Array {
	return Uint8Array.from(page.palette ?? [], ([red, green, blue]) => onWhite(luma(red, green, blue) / PALETTE_MAX, 1));
}

function first(directory: TiffDirectory, tag: number, absent: number): number {
	return directory.get(tag)?.[0] ?? absent;
}

function unsupported(property: string): Error {
	return unusableImage(`the TIFF ${property}: save it in 8-bit grey without compression, or as PNG`);
}
