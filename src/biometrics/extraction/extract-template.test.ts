import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GreyImage } from '../images/grey-image.ts';
import { IMAGE_DPI } from '../images/image-limits.ts';
import { MIN_MINUTIAE } from '../records/finger-view.ts';
import { decodeIsoRecord } from '../records/iso-record.ts';
import type { Minutia } from '../records/minutia.ts';
import {
	createFingerImage,
	createImage,
	createNoiseImage,
	createRidgeImage,
	SYNTHETIC_MINUTIAE,
} from '../testing/synthetic-ridges.ts';
import { extractTemplate } from './extract-template.ts';

const FINGER = createFingerImage(0.3);

/** Doubles every pixel in both directions. */
function enlarge(image: GreyImage): GreyImage {
	const { width, height, data } = image;
	const at = (x: number, y: number) => data[Math.floor(y / 2) * width + Math.floor(x / 2)]!;
	return { ...createImage(2 * width, 2 * height, at), dpi: 2 * image.dpi };
}

function countFound(minutiae: readonly Minutia[], scale = 1): number {
	const isAt = ({ x, y }: { x: number; y: number }) =>
		minutiae.some((found) => Math.hypot(found.x - x * scale, found.y - y * scale) < 5 * scale);
	return SYNTHETIC_MINUTIAE.filter(isAt).length;
}

describe('extractTemplate', () => {
	it('finds the minutiae of a synthetic finger with good quality', () => {
		const { minutiae, quality, hints, hasFingerprint } = extractTemplate(FINGER);
		expect(countFound(minutiae)).toBe(SYNTHETIC_MINUTIAE.length);
		expect(minutiae).toHaveLength(SYNTHETIC_MINUTIAE.length);
		expect(quality).toBeGreaterThan(60);
		expect(Number.isInteger(quality)).toBe(true);
		expect(hints).toEqual([]);
		expect(hasFingerprint).toBe(true);
	});

	it('writes them into an ISO record', () => {
		const { minutiae, quality, template } = extractTemplate(FINGER);
		const record = decodeIsoRecord(template!);
		expect(record).toMatchObject({ width: 300, height: 375, dpi: 500, quality });
		expect(record.minutiae.map(({ x, y }) => [x, y])).toEqual(minutiae.map(({ x, y }) => [x, y]));
	});

	it('returns minutiae in pixels of the input image at any resolution', () => {
		const { minutiae, template } = extractTemplate(enlarge(FINGER));
		expect(countFound(minutiae, 2)).toBe(SYNTHETIC_MINUTIAE.length);
		expect(decodeIsoRecord(template!)).toMatchObject({ width: 600, height: 750, dpi: 1001 });
	});

	it('returns angles in 0..2 pi and qualities in 0..100', () => {
		for (const { angle, quality } of extractTemplate(FINGER).minutiae) {
			expect(angle).toBeGreaterThanOrEqual(0);
			expect(angle).toBeLessThan(2 * Math.PI);
			expect(quality).toBeGreaterThanOrEqual(0);
			expect(quality).toBeLessThanOrEqual(100);
		}
	});

	it('gives the hint wrong-resolution if the ridges are too close or too far apart for the resolution', () => {
		for (const dpi of [2 * FINGER.dpi, FINGER.dpi / 1.9]) {
			const { hints, quality } = extractTemplate({ ...FINGER, dpi });
			expect(hints).toContain('wrong-resolution');
			expect(quality).toBeLessThan(60);
		}
	});

	it('gives the hint low-contrast for squeezed grey levels', () => {
		const squeezed = FINGER.data.map((grey) => Math.round(128 + (grey - 128) / 8));
		expect(extractTemplate({ ...FINGER, data: squeezed }).hints).toContain('low-contrast');
	});

	it('gives the hint too-small-area for the smallest sensors, of 96 x 96 pixels', () => {
		const { width, data } = FINGER;
		const small = createImage(96, 96, (x, y) => data[(y + 140) * width + x + 100]!);
		expect(extractTemplate(small)).toMatchObject({ hasFingerprint: true, hints: ['too-small-area'] });
	});

	it('returns no template for a finger with too few minutiae', () => {
		const { minutiae, template, hasFingerprint } = extractTemplate(
			createRidgeImage({ width: 300, height: 375, angle: 0.3, period: 9 }),
		);
		expect(minutiae.length).toBeLessThan(MIN_MINUTIAE);
		expect(template).toBeUndefined();
		expect(hasFingerprint).toBe(true);
	});

	it.each<[string, GreyImage]>([
		['a white image', createImage(300, 375, () => 255)],
		['a black image', createImage(300, 375, () => 0)],
		['noise', createNoiseImage(300, 375)],
		['an edge', createImage(300, 375, (x) => (x < 150 ? 40 : 220))],
		['a gradient', createImage(300, 375, (x, y) => (x + y) / 3)],
		['a checkerboard', createImage(300, 375, (x, y) => 255 * ((Math.floor(x / 8) + Math.floor(y / 8)) % 2))],
		['dots', createImage(300, 375, (x, y) => 128 + 60 * (Math.cos(x / 1.6) + Math.cos(y / 1.6)))],
		['one pixel', createImage(1, 1, () => 7)],
		['a line of pixels', createImage(300, 1, (x) => x % 200)],
	])('finds no finger in %s', (_, image) => {
		expect(extractTemplate(image)).toEqual({
			quality: 0,
			hints: [],
			minutiae: [],
			template: undefined,
			hasFingerprint: false,
		});
	});

	it.each<[string, Partial<GreyImage>]>([
		['a row is missing', { height: FINGER.height + 1 }],
		['the resolution does not fit into a record', { dpi: 250 }],
		['the resolution is unknown', { dpi: Number.NaN }],
	])('refuses an image if %s', (_, change) => {
		const refusal = expect.objectContaining({ error: 'INVALID_MESSAGE' });
		expect(() => extractTemplate({ ...FINGER, ...change })).toThrow(refusal);
	});

	it('returns valid values and a valid record for any image', () => {
		fc.assert(
			fc.property(images(), (image) => {
				const { quality, minutiae, template } = extractTemplate(image);
				expect(quality).toSatisfy((value: number) => Number.isInteger(value) && value >= 0 && value <= 100);
				for (const { x, y } of minutiae) {
					expect(x).toSatisfy((value: number) => value >= 0 && value < image.width);
					expect(y).toSatisfy((value: number) => value >= 0 && value < image.height);
				}
				if (template !== undefined) expect(decodeIsoRecord(template)).toMatchObject({ quality, width: image.width });
			}),
		);
	});

	it('returns the same result for the same image', () => {
		expect(extractTemplate(FINGER)).toEqual(extractTemplate(FINGER));
	});
});

/** Parts of a synthetic finger at any resolution: pale, inverted, noisy, striped, with a frame. */
function images(): fc.Arbitrary<GreyImage> {
	const changes = {
		width: fc.integer({ min: 1, max: 240 }),
		height: fc.integer({ min: 1, max: 240 }),
		dpi: fc.oneof(fc.constant(500), fc.integer(IMAGE_DPI)),
		contrast: fc.double({ min: -1.5, max: 1.5, noNaN: true }),
		noise: fc.constantFrom(0, 0.3, 2),
		stripe: fc.nat(60),
		frame: fc.nat(40),
	};
	return fc.record(changes).map(({ width, height, dpi, contrast, noise, stripe, frame }) => {
		const grain = createNoiseImage(width, height);
		const grey = (x: number, y: number) => {
			if (Math.min(x, y) < frame) return 0;
			const ridge = contrast * (FINGER.data[y * FINGER.width + x]! - 128);
			return 128 + ridge + noise * (grain.data[y * width + x]! - 128) + stripe * Math.sin(y);
		};
		const clamped = createImage(width, height, (x, y) => Math.min(Math.max(grey(x, y), 0), 255));
		return { ...clamped, dpi };
	});
}
