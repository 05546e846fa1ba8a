import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxMean } from './box-mean.ts';
import type { FloatImage } from './float-image.ts';

function averageSlowly({ width, height, data }: FloatImage, radius: number, x: number, y: number): number {
	const inside: number[] = [];
	for (let v = Math.max(y - radius, 0); v <= Math.min(y + radius, height - 1); v++) {
		for (let u = Math.max(x - radius, 0); u <= Math.min(x + radius, width - 1); u++) inside.push(data[v * width + u]!);
	}
	return inside.reduce((sum, value) => sum + value, 0) / inside.length;
}

describe('boxMean', () => {
	it('equals the mean computed pixel by pixel, for any image and radius', () => {
		const images = fc
			.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
			.chain(([width, height]) =>
				fc
					.array(fc.integer({ min: 0, max: 255 }), { minLength: width * height, maxLength: width * height })
					.map((values): FloatImage => ({ width, height, data: Float32Array.from(values) })),
			);
		fc.assert(
			fc.property(images, fc.integer({ min: 1, max: 12 }), (image, radius) => {
				const mean = boxMean(image, radius);
				for (let i = 0; i < image.data.length; i++) {
					const expected = averageSlowly(image, radius, i % image.width, Math.floor(i / image.width));
					expect(mean.data[i]).toBeCloseTo(expected, 2);
				}
			}),
		);
	});
});
