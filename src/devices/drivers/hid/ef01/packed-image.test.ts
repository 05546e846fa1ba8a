import { describe, expect, it } from 'vitest';
import type { ProductInfo } from './commands.ts';
import { findImageSize, maxPackedBytes, unpackImage } from './packed-image.ts';

const product = (width: number, height: number): ProductInfo => ({
	model: 'R503',
	serialNumber: '',
	hardwareVersion: '1.0',
	sensor: '',
	width,
	height,
});

describe('the size of an image', () => {
	it.each([
		[36_864, undefined, { width: 256, height: 288, dpi: 500 }],
		[18_432, undefined, { width: 192, height: 192, dpi: 508 }],
		[18_432, product(192, 192), { width: 192, height: 192, dpi: 508 }],
		[36_864, product(192, 192), { width: 256, height: 288, dpi: 500 }],
		[12_800, undefined, { width: 160, height: 160, dpi: 500 }],
		[8_192, product(128, 128), { width: 128, height: 128, dpi: 500 }],
		[12_800, product(160, 160), { width: 160, height: 160, dpi: 500 }],
	])('of %i bytes is known', (bytes, info, size) => {
		expect(findImageSize(bytes, info)).toEqual(size);
	});

	it.each([
		[8_192, undefined],
		[12_800, product(192, 192)],
		[18_432, product(256, 288)],
		[0, undefined],
		[0, product(0, 0)],
		[36_863, product(192, 192)],
	])('of %i bytes is unknown', (bytes, info) => {
		expect(findImageSize(bytes, info)).toBeUndefined();
	});

	it.each([
		['nothing', undefined, 36_864],
		['a small sensor', product(160, 160), 36_864],
		['a large sensor', product(300, 400), 60_000],
		['an implausible size', product(65_535, 65_535), 36_864],
		['an odd width', product(301, 400), 36_864],
	])('has a limit for a module that reports %s', (_what, info, bytes) => {
		expect(maxPackedBytes(info)).toBe(bytes);
	});
});

describe('unpackImage', () => {
	it('maps the upper half of a byte to the left pixel, and 0 to 15 to 0 to 255', () => {
		const size = { width: 4, height: 2, dpi: 500 };
		expect(unpackImage(Uint8Array.of(0x0f, 0x12, 0xf0, 0x80), size)).toEqual({
			...size,
			data: Uint8Array.of(0, 255, 17, 34, 255, 0, 136, 0),
		});
	});
});
