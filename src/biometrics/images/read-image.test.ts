import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { encode } from 'fast-png';
import { encode as encodeJpeg } from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../protocol/errors.ts';
import {
	bmpFile,
	CMYK_JPEG,
	LZW_TIFF,
	PROGRESSIVE_JPEG,
	packLzwCodes,
	rawPng,
	type TiffTags,
	tiffFile,
} from '../testing/image-files.ts';
import { readImage } from './read-image.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const png = (width: number, depth: 8 | 16, channels: number, ...data: number[]) =>
	encode({
		width,
		height: data.length / channels / width,
		depth,
		channels,
		data: depth === 16 ? Uint16Array.from(data) : Uint8Array.from(data),
	});

const ROWS = Uint8Array.of(0, 100, 200, 255);
const TWO_ROWS = { width: 3, pixels: Uint8Array.of(1, 2, 3, 0, 4, 5, 6, 0) };
/** Blue, green, red and 0 of 256 grey levels. */
const GREY_PALETTE = Array.from({ length: 256 }, (_, grey) => [grey, grey, grey, 0]).flat();
const RGB_TAGS = { colours: [2], samplesPerPixel: [3], bitsPerSample: [8, 8, 8] };
/** Positions in the frame segment of a JPEG. */
const FRAME_MARKER = 1;
const FRAME_PRECISION = 4;
const FRAME_HEIGHT = 5;

function greyJpeg(width: number, height: number, grey: number): Buffer {
	return encodeJpeg({ width, height, data: Buffer.alloc(4 * width * height, grey) }, 95).data;
}

function jpegWith(position: number, value: number): Buffer {
	const jpeg = Buffer.from(greyJpeg(8, 8, 100));
	jpeg[jpeg.indexOf(Buffer.of(0xff, 0xc0)) + position] = value;
	return jpeg;
}

function jpegWithoutPixels(): Buffer {
	const jpeg = greyJpeg(64, 64, 100);
	return Buffer.concat([jpeg.subarray(0, jpeg.indexOf(Buffer.of(0xff, 0xda)) + 14), Buffer.of(0xff, 0xd9)]);
}

function jpegWithScans(count: number): Buffer {
	const jpeg = greyJpeg(8, 8, 100);
	const [start, end] = [jpeg.indexOf(Buffer.of(0xff, 0xda)), jpeg.length - 2];
	const scans = Array.from({ length: count }, () => jpeg.subarray(start, end));
	return Buffer.concat([jpeg.subarray(0, start), ...scans, jpeg.subarray(end)]);
}

describe('readImage', () => {
	it.each<[string, Uint8Array, number[]]>([
		['grey, 8 bits', png(2, 8, 1, 0, 100, 200, 255), [0, 100, 200, 255]],
		['grey, 16 bits', png(2, 16, 1, 0, 25_700, 51_400, 65_535), [0, 100, 200, 255]],
		['grey with alpha, on white', png(2, 8, 2, 0, 255, 0, 0, 100, 255, 0, 51), [0, 255, 100, 204]],
		['RGB', png(2, 8, 3, 255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9), [76, 150, 29, 9]],
		['RGB with alpha', png(2, 8, 4, 9, 9, 9, 255, 9, 9, 9, 0), [9, 255]],
		[
			'grey, 1 bit',
			rawPng({ width: 10, height: 1, depth: 1, colour: 0 }, Uint8Array.of(0, 0b10100000, 0b01000000)),
			[255, 0, 255, 0, 0, 0, 0, 0, 0, 255],
		],
		['grey, 4 bits', rawPng({ width: 3, height: 1, depth: 4, colour: 0 }, Uint8Array.of(0, 0x0f, 0x80)), [0, 255, 136]],
		['palette, 8 bits', rawPng({ width: 3, height: 1, depth: 8, colour: 3 }, Uint8Array.of(0, 2, 1, 0)), [76, 255, 0]],
		[
			'palette, 2 bits',
			rawPng({ width: 3, height: 1, depth: 2, colour: 3 }, Uint8Array.of(0, 0b10010000)),
			[76, 255, 0],
		],
	])('reads a PNG: %s', (_, bytes, expected) => {
		expect([...readImage(bytes, 508).data]).toEqual(expected);
	});

	it.each<[string, string, number[]]>([
		['plain', 'P5\n2 2\n255\n\x00\x64\xc8\xff', [0, 100, 200, 255]],
		['with comments', 'P5# made by hand\n# twice\n2 # wide\n2\n255\n\x00\x64\xc8\xff', [0, 100, 200, 255]],
		['whose first pixel is a whitespace byte', 'P5 2 1 255\n\n ', [10, 32]],
		['with maxval 15', 'P5 3 1 15 \x00\x05\x0f', [0, 85, 255]],
		['with 16 bits', 'P5 2 1 65535 \x64\x64\xff\xff', [100, 255]],
		['with extra bytes', 'P5 1 1 255 \x07more', [7]],
	])('reads a PGM %s', (_, text, expected) => {
		expect([...readImage(latin1(text), 500).data]).toEqual(expected);
	});

	it.each<[string, Uint8Array, number[]]>([
		[
			'of 1 bit',
			bmpFile({
				width: 3,
				height: 1,
				bits: 1,
				palette: [255, 255, 255, 0, 0, 0, 0, 0],
				pixels: Uint8Array.of(0x40, 0, 0, 0),
			}),
			[255, 0, 255],
		],
		[
			'of 4 bits',
			bmpFile({
				...{ width: 3, height: 2, bits: 4, palette: GREY_PALETTE.slice(0, 64) },
				pixels: Uint8Array.of(0x12, 0x30, 0, 0, 0x45, 0x60, 0, 0),
			}),
			[4, 5, 6, 1, 2, 3],
		],
		[
			'of 8 bits, from the bottom up',
			bmpFile({ ...TWO_ROWS, height: 2, bits: 8, palette: GREY_PALETTE }),
			[4, 5, 6, 1, 2, 3],
		],
		[
			'of 8 bits, from the top down',
			bmpFile({ ...TWO_ROWS, height: -2, bits: 8, palette: GREY_PALETTE }),
			[1, 2, 3, 4, 5, 6],
		],
		[
			'of 16 bits',
			bmpFile({ width: 2, height: 1, bits: 16, pixels: Uint8Array.of(0x00, 0x7c, 0xff, 0x7f) }),
			[76, 255],
		],
		[
			'of 24 bits',
			bmpFile({ width: 1, height: 2, bits: 24, pixels: Uint8Array.of(0, 0, 255, 0, 9, 9, 9, 0) }),
			[9, 76],
		],
		[
			'of 32 bits without opacity',
			bmpFile({ width: 2, height: 1, bits: 32, pixels: Uint8Array.of(0, 255, 0, 0, 9, 9, 9, 0) }),
			[150, 9],
		],
	])('reads a BMP %s', (_, bytes, expected) => {
		expect([...readImage(bytes, 500).data]).toEqual(expected);
	});

	it.each<[string, Uint8Array]>([
		['baseline, in colour', greyJpeg(8, 8, 100)],
		['with bytes after its end', Buffer.concat([greyJpeg(8, 8, 100), latin1('more')])],
	])('reads a JPEG %s', (_, bytes) => {
		const { width, height, data } = readImage(bytes, 500);
		expect({ width, height }).toEqual({ width: 8, height: 8 });
		for (const grey of data) expect(Math.abs(grey - 100)).toBeLessThanOrEqual(2);
	});

	it('reads a progressive JPEG', () => {
		const { width, data } = readImage(PROGRESSIVE_JPEG, 500);
		const expected = [0, 50, 100, 150, 200, 250, 255, 128];
		expect(width).toBe(8);
		for (const [i, grey] of data.entries()) expect(Math.abs(grey - expected[i % 8]!)).toBeLessThanOrEqual(8);
	});

	it.each<[string, Uint8Array[], TiffTags, number[]]>([
		['of 8 bits', [ROWS], {}, [0, 100, 200, 255]],
		['in strips', [ROWS.subarray(0, 2), ROWS.subarray(2)], {}, [0, 100, 200, 255]],
		['with white as 0', [ROWS], { colours: [0] }, [255, 155, 55, 0]],
		['of 1 bit', [Uint8Array.of(0b01000000, 0b10000000)], { bitsPerSample: [1] }, [0, 255, 255, 0]],
		['without a depth, which is 1 bit', [Uint8Array.of(0x40, 0x80)], { bitsPerSample: [] }, [0, 255, 255, 0]],
		['of 16 bits', [Uint8Array.of(0, 0, 100, 100, 200, 200, 255, 255)], { bitsPerSample: [16] }, [0, 100, 200, 255]],
		[
			'in RGB',
			[Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9)],
			{ colours: [2], samplesPerPixel: [3], bitsPerSample: [8, 8, 8] },
			[76, 150, 29, 9],
		],
		[
			'with opacity',
			[Uint8Array.of(0, 255, 0, 0, 100, 255, 0, 51)],
			{ samplesPerPixel: [2], bitsPerSample: [8, 8], extraSamples: [2] },
			[0, 255, 100, 204],
		],
		[
			'with a palette',
			[Uint8Array.of(0, 1, 1, 0)],
			{ colours: [3], palette: [65_535, 0, ...Array(766).fill(0)] },
			[76, 0, 0, 76],
		],
		['packed with Deflate', [deflateSync(ROWS)], { compression: [8] }, [0, 100, 200, 255]],
		['packed with LZW', [packLzwCodes([256, ...ROWS, 257])], { compression: [5] }, [0, 100, 200, 255]],
		[
			'with differences of neighbours',
			[deflateSync(Uint8Array.of(0, 100, 200, 55))],
			{ compression: [8], predictor: [2] },
			[0, 100, 200, 255],
		],
	])('reads a TIFF %s', (_, strips, tags, expected) => {
		const cleared = tags.bitsPerSample?.length === 0 ? { ...tags, bitsPerSample: undefined } : tags;
		expect([...readImage(tiffFile(2, 2, strips, cleared), 500).data]).toEqual(expected);
	});

	it('reads a TIFF with the most significant byte first', () => {
		const pixels = Uint8Array.of(0, 0, 100, 0, 200, 0, 255, 255);
		expect([...readImage(tiffFile(2, 2, [pixels], { bitsPerSample: [16] }, false), 500).data]).toEqual([
			0, 100, 199, 255,
		]);
	});

	it('reads a TIFF that libtiff packed with LZW', () => {
		const { width, height, data } = readImage(LZW_TIFF, 500);
		expect({ width, height }).toEqual({ width: 48, height: 16 });
		expect([...data]).toEqual(Array.from({ length: 48 * 16 }, (_, i) => 30 * Math.floor((i % 48) / 6)));
	});

	it('returns size and resolution', () => {
		expect(readImage(latin1('P5 3 2 255 abcdef'), 512)).toMatchObject({ width: 3, height: 2, dpi: 512 });
		expect(readImage(png(3, 8, 1, 1, 2, 3, 4, 5, 6), 500)).toMatchObject({ width: 3, height: 2, dpi: 500 });
	});

	it.each<[string, Uint8Array, string]>([
		['an empty file', new Uint8Array(), 'it is empty: copy or export the file again'],
		['another format', latin1('GIF89a'), 'it is a GIF image: convert it to PNG'],
		['an ASCII PGM', latin1('P2 1 1 255 0'), 'it is a PGM image in text form (P2): save it as PNG'],
		['a record', latin1('FMR\0 20\0'), 'it is a minutiae record'],
		[
			'a BMP without pixels',
			bmpFile({ ...TWO_ROWS, height: 2, bits: 8, palette: GREY_PALETTE }).subarray(0, -1),
			'last 1 bytes',
		],
		['a BMP without a palette', bmpFile({ ...TWO_ROWS, height: 2, bits: 8 }), 'palette of the BMP ends too early'],
		['a BMP without a header', latin1('BM\0\0\0\0\0\0\0\0\0\0'), 'BMP header is malformed'],
		['a compressed BMP', bmpFile({ ...TWO_ROWS, height: 2, bits: 8, compression: 1 }), 'compressed (RLE8)'],
		['a BMP of an unknown depth', bmpFile({ ...TWO_ROWS, height: 2, bits: 7 }), '7 bits per pixel'],
		['a BMP that is too large', bmpFile({ ...TWO_ROWS, height: -5000, bits: 8 }), 'each side must be 1..4096'],
		['a BMP of a negative width', bmpFile({ ...TWO_ROWS, width: -3, height: 2, bits: 8 }), 'each side must be 1..4096'],
		['a JPEG cut short', greyJpeg(64, 64, 100).subarray(0, -10), 'the JPEG ends too early'],
		['a JPEG cut inside its header', greyJpeg(8, 8, 100).subarray(0, 30), 'the JPEG ends too early'],
		['a JPEG whose pixels are cut out', jpegWithoutPixels(), 'the JPEG is damaged'],
		['a JPEG without a frame', Buffer.of(0xff, 0xd8, 0xff, 0xd9), 'the JPEG has 0 frames'],
		['a CMYK JPEG', CMYK_JPEG, 'CMYK colours'],
		['a JPEG that is too large', jpegWith(FRAME_HEIGHT, 0x20), 'each side must be 1..4096'],
		['a JPEG with 12 bits per sample', jpegWith(FRAME_PRECISION, 12), '12 bits per sample'],
		['a lossless JPEG', jpegWith(FRAME_MARKER, 0xc3), 'lossless, hierarchical or arithmetic-coded'],
		['a JPEG with far too many scans', jpegWithScans(101), '101 scans'],
		['a TIFF without pixels', tiffFile(2, 2, [ROWS.subarray(1)]), 'pixels are missing'],
		['a TIFF cut short', tiffFile(2, 2, [ROWS]).subarray(0, -20), 'the TIFF ends too early'],
		[
			'a TIFF with a strip outside the file',
			tiffFile(2, 2, [ROWS], { stripOffsets: [9999] }),
			'the TIFF ends too early',
		],
		[
			'a TIFF with a strip too many',
			tiffFile(2, 2, [ROWS, ROWS], { rowsPerStrip: [2] }),
			'2 strips of pixels instead of 1',
		],
		['a TIFF without rows in its strips', tiffFile(2, 2, [ROWS], { rowsPerStrip: [0] }), 'malformed'],
		['a TIFF that is too large', tiffFile(2, 5000, [ROWS]), 'each side must be 1..4096'],
		['a TIFF without colours', tiffFile(2, 2, [ROWS], { colours: undefined }), 'unknown colours'],
		['a CMYK TIFF', tiffFile(1, 1, [ROWS], { colours: [5], samplesPerPixel: [4] }), 'CMYK colours'],
		['a TIFF packed with JPEG', tiffFile(2, 2, [ROWS], { compression: [7] }), 'compressed with JPEG'],
		['a TIFF in tiles', tiffFile(2, 2, [ROWS], { tileWidth: [16] }), 'divided into tiles'],
		['a TIFF of 32 bits', tiffFile(1, 1, [ROWS], { bitsPerSample: [32] }), '32 bits per sample'],
		['a rotated TIFF', tiffFile(2, 2, [ROWS], { orientation: [6] }), 'orientation 6'],
		['a TIFF with separate colours', tiffFile(1, 1, [ROWS], { ...RGB_TAGS, planes: [2] }), 'each colour separately'],
		['a TIFF without its palette', tiffFile(2, 2, [ROWS], { colours: [3] }), 'palette of the TIFF is malformed'],
		[
			'a TIFF with part of a palette',
			tiffFile(2, 2, [ROWS], { colours: [3], palette: [1, 2, 3] }),
			'palette of the TIFF',
		],
		['a TIFF with damaged pixels', tiffFile(2, 2, [ROWS], { compression: [8] }), 'pixels of the TIFF are damaged'],
		[
			'a TIFF that unpacks to far more than its size',
			tiffFile(2, 2, [deflateSync(new Uint8Array(5_000_000))], { compression: [8] }),
			'pixels of the TIFF are damaged',
		],
		[
			'a TIFF that LZW unpacks to far more than its size',
			tiffFile(2, 2, [packLzwCodes([256, 0, ...Array.from({ length: 3_800 }, (_, i) => 258 + i)])], {
				compression: [5],
			}),
			'pixels of the TIFF are damaged',
		],
		['a PGM without numbers', latin1('P5 two 2 255 abcd'), 'header is malformed'],
		['a truncated PGM', latin1('P5 2 2 255 abc'), 'last 1 bytes are missing'],
		['a PGM with maxval 0', latin1('P5 1 1 0 a'), 'maxval 0 is not 1..65535'],
		['a PGM with width 0', latin1('P5 0 1 255 a'), 'each side must be 1..4096'],
		['a PGM that is too large', latin1('P5 5000 1 255 a'), 'each side must be 1..4096'],
		[
			'a PNG that is too large',
			rawPng({ width: 4097, height: 1, depth: 8, colour: 0 }, Uint8Array.of(0)),
			'each side must be 1..4096',
		],
		['a truncated PNG', png(2, 8, 1, 1, 2, 3, 4).subarray(0, -20), 'ends too early'],
		[
			'a PNG with rows missing',
			rawPng({ width: 2, height: 2, depth: 8, colour: 0 }, Uint8Array.of(0, 1, 2)),
			'pixels are missing',
		],
		[
			'a PNG with an unknown colour type',
			rawPng({ width: 1, height: 1, depth: 8, colour: 5 }, Uint8Array.of(0, 1)),
			'does not exist',
		],
		[
			'a PNG with an unknown depth',
			rawPng({ width: 1, height: 1, depth: 9, colour: 0 }, Uint8Array.of(0, 1, 2)),
			'damaged',
		],
		[
			'a PNG that unpacks to far more than its size',
			rawPng({ width: 2, height: 2, depth: 8, colour: 0 }, new Uint8Array(5_000_000)),
			'damaged',
		],
	])('refuses %s', (_, bytes, fault) => {
		expect(() => readImage(bytes, 500)).toThrow(
			expect.objectContaining({ error: 'INVALID_MESSAGE', message: expect.stringContaining(fault) }),
		);
	});

	it('reads any bytes or refuses them with INVALID_MESSAGE', () => {
		const good = [
			...[png(9, 8, 1, ...Array(81).fill(7)), png(9, 16, 4, ...Array(324).fill(7)), latin1('P5 2 2 255 abcd')],
			...[bmpFile({ ...TWO_ROWS, height: 2, bits: 8, palette: GREY_PALETTE }), greyJpeg(16, 16, 100), PROGRESSIVE_JPEG],
			...[LZW_TIFF, tiffFile(2, 2, [deflateSync(ROWS)], { compression: [8] }), tiffFile(1, 1, [ROWS], RGB_TAGS)],
			tiffFile(2, 2, [ROWS], { colours: [3], palette: Array(768).fill(9) }),
		];
		const damaged = fc.tuple(
			fc.constantFrom(...good),
			fc.array(fc.tuple(fc.nat(2_000), fc.nat(255)), { maxLength: 4 }),
			fc.oneof(fc.nat(300), fc.constant(5_000)),
		);
		const bytes = damaged.map(([file, changes, end]) => {
			const copy = Uint8Array.from(file);
			for (const [at, value] of changes) copy[at % copy.length] = value;
			return copy.subarray(0, end);
		});
		fc.assert(
			fc.property(fc.oneof(bytes, fc.uint8Array({ maxLength: 64 })), (input) => {
				try {
					const { width, height, data } = readImage(input, 500);
					expect(data).toHaveLength(width * height);
				} catch (error) {
					expect(error).toBeInstanceOf(ServiceError);
					expect(error).toMatchObject({ error: 'INVALID_MESSAGE' });
				}
			}),
			{ numRuns: 2000 },
		);
	});
});
