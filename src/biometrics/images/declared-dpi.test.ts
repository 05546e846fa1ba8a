import { encode as encodeJpeg } from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { bmpFile, pngChunk, rawPng, tiffFile } from '../testing/image-files.ts';
import { readDeclaredDpi } from './declared-dpi.ts';

const PIXEL = Uint8Array.of(7);

function pngWith(x: number, y: number, unit: number): Buffer {
	const data = Buffer.alloc(9);
	data.writeUInt32BE(x, 0);
	data.writeUInt32BE(y, 4);
	data.writeUInt8(unit, 8);
	return rawPng({ width: 1, height: 1, depth: 8, colour: 0 }, Uint8Array.of(0, 7), pngChunk('pHYs', data));
}

function jpegWith(unit: number, x: number, y: number): Buffer {
	const jpeg = Buffer.from(encodeJpeg({ width: 8, height: 8, data: Buffer.alloc(256) }).data);
	const jfif = jpeg.indexOf('JFIF\0');
	jpeg.writeUInt8(unit, jfif + 7);
	jpeg.writeUInt16BE(x, jfif + 8);
	jpeg.writeUInt16BE(y, jfif + 10);
	return jpeg;
}

const tiffWith = (unit: number[] | undefined, x: number, y: number) =>
	tiffFile(1, 1, [PIXEL], { resolutionUnit: unit, xResolution: [x], yResolution: [y] });

const bmpWith = (x: number, y: number) =>
	bmpFile({ width: 1, height: 1, bits: 24, pixels: Uint8Array.of(7, 7, 7, 0), pixelsPerMetre: [x, y] });

describe('readDeclaredDpi', () => {
	it.each<[string, Uint8Array, number]>([
		['pixels per metre of a PNG', pngWith(39_370, 39_370, 1), 1_000],
		['pixels per inch of a JPEG', jpegWith(1, 569, 569), 569],
		['pixels per cm of a JPEG', jpegWith(2, 197, 197), 500],
		['pixels per inch of a TIFF', tiffWith([2], 1_000, 1_000), 1_000],
		['pixels per cm of a TIFF', tiffWith([3], 200, 200), 508],
		['the inch as the default unit of a TIFF', tiffWith(undefined, 512, 512), 512],
		['pixels per metre of a BMP', bmpWith(19_685, 19_685), 500],
		['axes that differ by rounding only', pngWith(19_685, 19_700, 1), 500],
	])('returns %s', (_, bytes, dpi) => {
		expect(readDeclaredDpi(bytes)).toEqual({ dpi });
	});

	it.each<[string, Uint8Array]>([
		['a PNG without a resolution', rawPng({ width: 1, height: 1, depth: 8, colour: 0 }, Uint8Array.of(0, 7))],
		['a PNG with only the ratio of both axes', pngWith(1, 1, 0)],
		['a JPEG with only the ratio of both axes', jpegWith(0, 1, 1)],
		['a TIFF with only the ratio of both axes', tiffWith([1], 1, 1)],
		['a TIFF without a resolution', tiffFile(1, 1, [PIXEL])],
		['a BMP without a resolution', bmpWith(0, 0)],
		['a PGM', Buffer.from('P5 1 1 255 a')],
	])('returns 500 for %s', (_, bytes) => {
		expect(readDeclaredDpi(bytes)).toEqual({ dpi: 500 });
	});

	it.each<[string, Uint8Array, string]>([
		[
			'the default of image programs',
			jpegWith(1, 72, 72),
			'declares 72 dpi, which is not the resolution of a fingerprint scan',
		],
		['another default of image programs', bmpWith(3_780, 3_780), 'declares 96 dpi'],
		['too high a resolution', tiffWith([2], 2_400, 2_400), 'declares 2400 dpi'],
		['a resolution of 0', jpegWith(1, 0, 0), 'declares 0 dpi'],
		['a negative resolution', bmpWith(-19_685, -19_685), 'declares -500 dpi'],
		['axes that differ', pngWith(19_685, 39_370, 1), 'declares different resolutions, 500 and 1000 dpi'],
	])('returns 500 and the reason for %s', (_, bytes, fault) => {
		expect(readDeclaredDpi(bytes)).toEqual({ dpi: 500, fault: expect.stringContaining(fault) });
	});
});
