import fc from 'fast-check';
import { encode as encodePng } from 'fast-png';
import { encode as encodeJpeg } from 'jpeg-js';
import { expect, it } from 'vitest';
import {
	bmpFile,
	CMYK_JPEG,
	LZW_TIFF,
	PROGRESSIVE_JPEG,
	packLzwCodes,
	pngChunk,
	rawPng,
	tiffFile,
} from '../../src/biometrics/testing/image-files.ts';
import { IMAGE_DPI, loadInThreadEngine, MAX_IMAGE_SIDE } from '../../src/biometrics/worker-engine.ts';
import { ServiceError } from '../../src/protocol/errors.ts';
import { mutatedBytes } from './support/mutated-bytes.ts';
import { runFuzz } from './support/run-fuzz.ts';

/*
 * Damaged image files, decoded and extracted as `fingerprint-service extract` does. The files are small, because most of their
 * headers are as long as those of a large one.
 */

const WIDTH = 24;
const HEIGHT = 16;
/** Extraction of a larger image takes longer than decoding it. */
const MAX_EXTRACTED_PIXELS = 4_096;

const pixels = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) => 128 + 100 * Math.cos(i));

function png(depth: 8 | 16, channels: 1 | 2 | 3 | 4): Uint8Array {
	const length = WIDTH * HEIGHT * channels;
	const data = depth === 16 ? new Uint16Array(length) : new Uint8Array(length);
	return encodePng({ width: WIDTH, height: HEIGHT, depth, channels, data: data.map((_, i) => (i * 7) % 256) });
}

function pngOfDepth(depth: number, colour: number): Buffer {
	const rowBytes = 1 + Math.ceil((WIDTH * depth) / 8);
	const density = pngChunk('pHYs', Uint8Array.of(0, 0, 0x4c, 0xe4, 0, 0, 0x4c, 0xe4, 1));
	return rawPng({ width: WIDTH, height: HEIGHT, depth, colour }, new Uint8Array(rowBytes * HEIGHT).fill(1), density);
}

function bmp(bits: number, compression = 0): Buffer {
	const rowBytes = 4 * Math.ceil((WIDTH * bits) / 32);
	const palette = Array.from({ length: bits <= 8 ? 4 * 2 ** bits : 0 }, (_, i) => i % 256);
	const header = {
		width: WIDTH,
		height: HEIGHT,
		bits,
		compression,
		palette,
		pixelsPerMetre: [19_685, 19_685] as const,
	};
	return bmpFile({ ...header, pixels: new Uint8Array(rowBytes * HEIGHT).fill(0x5a) });
}

const lzw = packLzwCodes([256, ...pixels.subarray(0, 200), 257]);

const VALID: readonly Uint8Array[] = [
	...[png(8, 1), png(8, 2), png(8, 3), png(8, 4), png(16, 1), png(16, 4)],
	...[pngOfDepth(1, 0), pngOfDepth(2, 0), pngOfDepth(4, 0), pngOfDepth(1, 3), pngOfDepth(2, 3)],
	Buffer.concat([Buffer.from(`P5 # comment\n${WIDTH} ${HEIGHT}\n255\n`), pixels]),
	Buffer.concat([Buffer.from(`P5\n${WIDTH} ${HEIGHT / 2}\n65535\n`), pixels]),
	...[bmp(1), bmp(4), bmp(8), bmp(24), bmp(32), bmp(8, 1), bmp(32, 3)],
	encodeJpeg({ width: WIDTH, height: HEIGHT, data: Buffer.from(new Uint8Array(4 * WIDTH * HEIGHT).fill(90)) }, 80).data,
	...[PROGRESSIVE_JPEG, CMYK_JPEG, LZW_TIFF],
	tiffFile(WIDTH, HEIGHT, [pixels]),
	tiffFile(WIDTH, HEIGHT, [pixels.subarray(0, 192), pixels.subarray(192)], {}, false),
	tiffFile(WIDTH, HEIGHT, [pixels], { xResolution: [500], yResolution: [500], resolutionUnit: [2] }),
	tiffFile(8, 16, [pixels], { colours: [2], samplesPerPixel: [3], bitsPerSample: [8, 8, 8] }),
	tiffFile(20, 10, [lzw], { compression: [5] }),
];

it('decodes damaged image files, or refuses them and says why', async () => {
	const { extractTemplate, readDeclaredDpi, readImage } = await loadInThreadEngine();
	await runFuzz('images', mutatedBytes(fc.constantFrom(...VALID)), (file) => {
		const bytes = Uint8Array.from(file);
		const image = imageOrRefusal(() => readImage(file, readDeclaredDpi(file).dpi));
		expect(Buffer.compare(bytes, file), 'the file is changed').toBe(0);
		if (image === undefined) return;
		const { width, height, dpi, data } = image;
		for (const side of [width, height]) expect(side > 0 && side <= MAX_IMAGE_SIDE).toBe(true);
		expect(dpi >= IMAGE_DPI.min && dpi <= IMAGE_DPI.max).toBe(true);
		expect(data).toHaveLength(width * height);
		if (data.length > MAX_EXTRACTED_PIXELS) return;
		const { quality, minutiae } = extractTemplate(image);
		expect(quality >= 0 && quality <= 100).toBe(true);
		for (const { x, y } of minutiae) expect(x >= 0 && x < width && y >= 0 && y < height).toBe(true);
	});
});

/** Returns undefined for a file that is refused. @throws whatever is not the refusal of an image */
function imageOrRefusal<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch (thrown) {
		if (!(thrown instanceof ServiceError)) throw thrown;
		expect(thrown).toMatchObject({ error: 'INVALID_MESSAGE', details: { field: 'image' } });
		return undefined;
	}
}
