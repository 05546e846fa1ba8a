import { describe, expect, it } from 'vitest';
import { createImage, createRidgeImage } from '../testing/synthetic-ridges.ts';
import { toFloatImage } from './float-image.ts';
import { rescale } from './rescale.ts';

describe('rescale', () => {
	it.each([490, 500, 508, 512])('does not change an image of %i dpi', (dpi) => {
		const image = { ...createRidgeImage({ width: 40, height: 30, angle: 1, period: 9 }), dpi };
		expect(rescale(image)).toEqual({ image: toFloatImage(image), scale: 1 });
	});

	it.each([
		[250, 2],
		[300, 5 / 3],
		[1000, 0.5],
		[1250, 0.4],
	])('rescales an image of %i dpi to 500 dpi', (dpi, scale) => {
		const rescaled = rescale({ ...createImage(120, 80, (x, y) => x + y), dpi });
		expect(rescaled.scale).toBeCloseTo(scale);
		expect(rescaled.image.width).toBe(Math.round(120 * scale));
		expect(rescaled.image.height).toBe(Math.round(80 * scale));
	});

	it('preserves positions', () => {
		const { image, scale } = rescale({ ...createImage(120, 80, (x, y) => x + y), dpi: 1250 });
		for (const [x, y] of [
			[3, 3],
			[20, 15],
			[44, 28],
		] as const) {
			const expected = (x + 0.5) / scale - 0.5 + (y + 0.5) / scale - 0.5;
			expect(image.data[y * image.width + x]).toBeCloseTo(expected, 0);
		}
	});
});
