import { describe, expect, it } from 'vitest';
import { encodeIsoRecord } from '../records/iso-record.ts';
import { checkImage, checkImageSize, IMAGE_DPI, MAX_IMAGE_SIDE } from './image-limits.ts';

const IMAGE = { width: 3, height: 2, dpi: 500, data: new Uint8Array(6) };

describe('checkImageSize', () => {
	it.each([
		[1, 1],
		[MAX_IMAGE_SIDE, MAX_IMAGE_SIDE],
	])('accepts %d x %d', (width, height) => expect(() => checkImageSize(width, height)).not.toThrow());

	it.each([
		[0, 5],
		[5, 0],
		[-1, 5],
		[1.5, 5],
		[Number.NaN, 5],
		[5, MAX_IMAGE_SIDE + 1],
	])('refuses %d x %d', (width, height) => {
		expect(() => checkImageSize(width, height)).toThrow(expect.objectContaining({ error: 'INVALID_MESSAGE' }));
	});
});

describe('checkImage', () => {
	it('accepts a complete image of any allowed resolution', () => {
		for (const dpi of [IMAGE_DPI.min, 500, IMAGE_DPI.max]) expect(() => checkImage({ ...IMAGE, dpi })).not.toThrow();
	});

	it.each([
		['an invalid size', { width: 0 }, '0 x 2 pixels'],
		['too low a resolution', { dpi: IMAGE_DPI.min - 1 }, '250 pixels per inch'],
		['too high a resolution', { dpi: IMAGE_DPI.max + 1 }, '2001 pixels per inch'],
		['an invalid resolution', { dpi: Number.NaN }, 'NaN pixels per inch'],
		['a missing row', { height: 3 }, '6 bytes for 3 x 3 pixels'],
		['a surplus row', { height: 1 }, '6 bytes for 3 x 1 pixels'],
	])('refuses %s', (_, change, message) => {
		const refusal = expect.objectContaining({ error: 'INVALID_MESSAGE', message: expect.stringContaining(message) });
		expect(() => checkImage({ ...IMAGE, ...change })).toThrow(refusal);
	});
});

describe('IMAGE_DPI', () => {
	it('has the minimum of an ISO record', () => {
		const encode = (dpi: number) => encodeIsoRecord({ ...IMAGE, dpi, quality: 0, minutiae: [] });
		expect(() => encode(IMAGE_DPI.min)).not.toThrow();
		expect(() => encode(IMAGE_DPI.min - 1)).toThrow(expect.objectContaining({ error: 'INVALID_MESSAGE' }));
	});
});
