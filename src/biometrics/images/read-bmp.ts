import type { GreyImage } from './grey-image.ts';
import { checkImageSize, unusableImage } from './image-limits.ts';
import { luma } from './luma.ts';
import type { PixelDensity } from './pixel-density.ts';

/** Bytes of the file header, before the bitmap header. */
const FILE_HEADER = 14;
/** Bytes of the oldest bitmap header, whose fields are shorter and whose palette has 3 bytes per colour. */
const CORE_HEADER = 12;
/** Bytes of the header that all later ones begin with. */
const INFO_HEADER = 40;
/** Values of the field "compression". */
const UNCOMPRESSED = 0;
const BIT_FIELDS = 3;
const ALPHA_BIT_FIELDS = 6;
const COMPRESSIONS = new Map([
	[1, 'RLE8'],
	[2, 'RLE4'],
	[4, 'JPEG'],
	[5, 'PNG'],
]);
const METRES_PER_INCH = 0.0254;

/** Returns whether the bytes begin like a BMP; the two reserved fields are 0. */
export function isBmp(bytes: Uint8Array): boolean {
	return bytes[0] === 0x42 && bytes[1] === 0x4d && bytes.length >= 10 && viewOf(bytes).getUint32(6) === 0;
}

/**
 * Decodes an uncompressed BMP of 1, 4, 8, 16, 24 or 32 bits per pixel to 8-bit grey; colours by their luma. Opacity is ignored,
 * because many programs leave it at 0.
 *
 * @throws ServiceError INVALID_MESSAGE if it is damaged, too large or compressed
 * @see Microsoft, "Bitmap Storage"
 */
export function readBmp(bytes: Uint8Array): Omit<GreyImage, 'dpi'> {
	const header = readHeader(bytes);
	const { width, height, bits, start, isTopDown } = header;
	checkImageSize(width, height);
	const rowBytes = 4 * Math.ceil((width * bits) / 32);
	const missing = start + rowBytes * height - bytes.length;
	if (missing > 0) throw unusableImage(`the last ${missing} bytes of the BMP are missing`);
	const toGrey = bits <= 8 ? paletteReader(bytes, header) : colourReader(bytes, header);
	const data = new Uint8Array(width * height);
	for (let y = 0; y < height; y++) {
		const row = start + rowBytes * (isTopDown ? y : height - 1 - y);
		for (let x = 0; x < width; x++) data[y * width + x] = toGrey(row, x);
	}
	return { width, height, data };
}

/** Returns the resolution in the header, or undefined if there is none. */
export function readBmpDensity(bytes: Uint8Array): PixelDensity | undefined {
	const { headerSize, view } = readHeader(bytes);
	if (headerSize < INFO_HEADER) return undefined;
	const x = view.getInt32(38, true) * METRES_PER_INCH;
	const y = view.getInt32(42, true) * METRES_PER_INCH;
	return x === 0 && y === 0 ? undefined : { x, y };
}

interface Header {
	readonly view: DataView;
	readonly headerSize: number;
	readonly width: number;
	readonly height: number;
	readonly isTopDown: boolean;
	/** Per pixel. */
	readonly bits: number;
	readonly compression: number;
	/** Number of palette entries; 0 = all. */
	readonly colours: number;
	/** Index of the first pixel's byte. */
	readonly start: number;
}

function readHeader(bytes: Uint8Array): Header {
	const view = viewOf(bytes);
	const headerSize = bytes.length < FILE_HEADER + CORE_HEADER ? Number.NaN : view.getUint32(FILE_HEADER, true);
	const isCore = headerSize === CORE_HEADER;
	if (!isCore && !(headerSize >= INFO_HEADER && FILE_HEADER + headerSize <= bytes.length)) {
		throw unusableImage('the BMP header is malformed or ends too early');
	}
	const signedHeight = isCore ? view.getUint16(20, true) : view.getInt32(22, true);
	return {
		view,
		headerSize,
		width: isCore ? view.getUint16(18, true) : view.getInt32(18, true),
		height: Math.abs(signedHeight),
		isTopDown: signedHeight < 0,
		bits: view.getUint16(isCore ? 24 : 28, true),
		compression: isCore ? UNCOMPRESSED : view.getUint32(30, true),
		colours: isCore ? 0 : view.getUint32(46, true),
		start: view.getUint32(10, true),
	};
}

/** Returns the grey level of the pixel in column `x` of the row that begins at index `row`. */
type PixelReader = (row: number, x: number) => number;

function paletteReader(bytes: Uint8Array, { headerSize, bits, compression, colours }: Header): PixelReader {
	if (compression !== UNCOMPRESSED) throw compressedError(compression);
	if (bits !== 1 && bits !== 4 && bits !== 8) throw depthError(bits);
	const entryBytes = headerSize === CORE_HEADER ? 3 : 4;
	const count = Math.min(colours || 2 ** bits, 2 ** bits);
	const start = FILE_HEADER + headerSize;
	if (start + count * entryBytes > bytes.length) throw unusableImage('the palette of the BMP ends too early');
	// Indices beyond the palette are black.
	const greys = new Uint8Array(2 ** bits);
	for (let i = 0; i < count; i++) {
		const at = start + i * entryBytes;
		greys[i] = Math.round(luma(bytes[at + 2]!, bytes[at + 1]!, bytes[at]!));
	}
	return (row, x) => {
		const bit = x * bits;
		return greys[(bytes[row + (bit >> 3)]! >> (8 - bits - (bit & 7))) & (2 ** bits - 1)]!;
	};
}

function colourReader(bytes: Uint8Array, { view, bits, compression }: Header): PixelReader {
	const hasMasks = compression === BIT_FIELDS || compression === ALPHA_BIT_FIELDS;
	if (compression !== UNCOMPRESSED && !hasMasks) throw compressedError(compression);
	if (bits === 24) {
		return (row, x) => Math.round(luma(bytes[row + 3 * x + 2]!, bytes[row + 3 * x + 1]!, bytes[row + 3 * x]!));
	}
	if (bits !== 16 && bits !== 32) throw depthError(bits);
	if (hasMasks && bytes.length < FILE_HEADER + INFO_HEADER + 12) throw unusableImage('the BMP header ends too early');
	const standard = bits === 16 ? [0x7c00, 0x03e0, 0x001f] : [0xff0000, 0xff00, 0xff];
	const masks = standard.map((mask, i) => (hasMasks ? view.getUint32(FILE_HEADER + INFO_HEADER + 4 * i, true) : mask));
	const channels = masks.map(channelReader) as [ChannelReader, ChannelReader, ChannelReader];
	const [red, green, blue] = channels;
	return (row, x) => {
		const pixel = bits === 16 ? view.getUint16(row + 2 * x, true) : view.getUint32(row + 4 * x, true);
		return Math.round(luma(red(pixel), green(pixel), blue(pixel)));
	};
}

/** Returns one component of a pixel, 0..255. */
type ChannelReader = (pixel: number) => number;

function channelReader(mask: number): ChannelReader {
	if (mask === 0) return () => 0;
	const shift = 31 - Math.clz32(mask & -mask);
	const max = mask >>> shift;
	return (pixel) => (((pixel & mask) >>> shift) * 255) / max;
}

function compressedError(compression: number): Error {
	const method = COMPRESSIONS.get(compression) ?? `method ${compression}`;
	return unusableImage(`the BMP is compressed (${method}): save it without compression, or as PNG`);
}

function depthError(bits: number): Error {
	return unusableImage(`the BMP has ${bits} bits per pixel: save it with 8 or 24 bits, or as PNG`);
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
	return new DataView(buffer, byteOffset, byteLength);
}
