import { convertIndexedToRgb, type DecodedPng, decode } from 'fast-png';
import type { GreyImage } from './grey-image.ts';
import { unusableImage } from './image-limits.ts';
import { luma, onWhite } from './luma.ts';
import type { PixelDensity } from './pixel-density.ts';
import { readPngChunks, stripPng } from './strip-png.ts';

/** Unit of a resolution in a PNG: pixels per metre; 0 declares only the ratio of both axes. */
const METRE = 1;
const METRES_PER_INCH = 0.0254;

/**
 * Decodes a PNG of any depth and colour to 8-bit grey: colours by their luma (ITU-R BT.601), transparent pixels on white.
 *
 * @throws ServiceError INVALID_MESSAGE if it is damaged, too large, or unpacks to more than its size allows
 */
export function readPng(bytes: Uint8Array): Omit<GreyImage, 'dpi'> {
	const stripped = stripPng(bytes);
	try {
		return toGrey(decode(stripped));
	} catch (cause) {
		throw unusableImage('the PNG is damaged', cause);
	}
}

/** Returns the resolution of the pHYs chunk, or undefined if there is none. @see PNG specification, third edition, "pHYs" */
export function readPngDensity(bytes: Uint8Array): PixelDensity | undefined {
	const data = readPngChunks(bytes).find(({ type }) => type === 'pHYs')?.data;
	if (data === undefined || data.length !== 9 || data[8] !== METRE) return undefined;
	const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
	return { x: view.getUint32(0) * METRES_PER_INCH, y: view.getUint32(4) * METRES_PER_INCH };
}

function toGrey(png: DecodedPng): Omit<GreyImage, 'dpi'> {
	const { width, height } = png;
	const { samples, channels, max } = readSamples(png);
	const hasColour = channels >= 3;
	const data = new Uint8Array(width * height);
	for (let i = 0; i < data.length; i++) {
		const at = i * channels;
		const value = hasColour ? luma(samples[at]!, samples[at + 1]!, samples[at + 2]!) : samples[at]!;
		const opacity = channels % 2 === 0 ? samples[at + channels - 1]! / max : 1;
		data[i] = onWhite(value / max, opacity);
	}
	return { width, height, data };
}

interface Samples {
	/** `channels` numbers per pixel, 0..max. */
	readonly samples: ArrayLike<number>;
	readonly channels: number;
	readonly max: number;
}

function readSamples(png: DecodedPng): Samples {
	if (png.palette) return { samples: convertIndexedToRgb(png), channels: 3, max: 255 };
	const samples = png.depth < 8 ? unpackBits(png) : png.data;
	return { samples, channels: png.channels, max: 2 ** png.depth - 1 };
}

/** Unpacks grey samples of 1, 2 or 4 bits, of which several share a byte; each row begins with a new byte. */
function unpackBits({ width, height, depth, data }: DecodedPng): Uint8Array {
	const rowBytes = Math.ceil((width * depth) / 8);
	const samples = new Uint8Array(width * height);
	for (let i = 0; i < samples.length; i++) {
		const bit = (i % width) * depth;
		const byte = data[Math.floor(i / width) * rowBytes + (bit >> 3)]!;
		samples[i] = (byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
	}
	return samples;
}
