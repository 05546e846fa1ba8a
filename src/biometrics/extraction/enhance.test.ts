import { describe, expect, it } from 'vitest';
import { type FloatImage, toFloatImage } from '../images/float-image.ts';
import { createImage, createNoiseImage, createRidgeImage } from '../testing/synthetic-ridges.ts';
import { cellsFor } from './cell-grid.ts';
import { enhance } from './enhance.ts';
import { normalise } from './normalise.ts';
import { estimateOrientation } from './orientation.ts';
import { estimatePeriod } from './ridge-period.ts';

const SIDE = 160;

function enhanceAll(ridges: FloatImage, maskValue: number): FloatImage {
	const cells = cellsFor(ridges);
	const mask = { ...cells, data: cells.data.map(() => maskValue) };
	const field = estimateOrientation(ridges);
	return enhance(ridges, field, { ...estimatePeriod(ridges, field, mask), isPeriodic: mask });
}

/** Correlation of the middle of two images, where no filter reads beyond the edge. */
function correlation(a: FloatImage, b: FloatImage): number {
	let [ab, aa, bb] = [0, 0, 0];
	for (let y = 30; y < SIDE - 30; y++) {
		for (let x = 30; x < SIDE - 30; x++) {
			const i = y * SIDE + x;
			ab += a.data[i]! * b.data[i]!;
			aa += a.data[i]! ** 2;
			bb += b.data[i]! ** 2;
		}
	}
	return ab / Math.sqrt(aa * bb);
}

describe('enhance', () => {
	it.each([
		[6, 0.2],
		[9, 1.1],
		[9, 1.57],
		[13, 2.6],
	])('recovers ridges with period %i and angle %f from strong noise', (period, angle) => {
		const clean = createRidgeImage({ width: SIDE, height: SIDE, angle, period });
		const noise = createNoiseImage(SIDE, SIDE);
		const noisy = createImage(SIDE, SIDE, (x, y) => (clean.data[y * SIDE + x]! + 2 * noise.data[y * SIDE + x]!) / 3);
		const wanted = normalise(toFloatImage(clean)).ridges;
		const given = normalise(toFloatImage(noisy)).ridges;
		expect(correlation(given, wanted)).toBeLessThan(0.65);
		expect(correlation(enhanceAll(given, 1), wanted)).toBeGreaterThan(0.95);
	});

	it('filters an image alike after images of other sizes', () => {
		const ridgesOf = (width: number, height: number) =>
			normalise(toFloatImage(createRidgeImage({ width, height, angle: 0.7, period: 9 }))).ridges;
		const first = enhanceAll(ridgesOf(SIDE, SIDE), 1);
		enhanceAll(ridgesOf(90, 300), 1);
		enhanceAll(ridgesOf(90, 40), 1);
		expect(enhanceAll(ridgesOf(SIDE, SIDE), 1)).toEqual(first);
	});

	it('returns zero outside the mask', () => {
		const { ridges } = normalise(toFloatImage(createRidgeImage({ width: SIDE, height: SIDE, angle: 0, period: 9 })));
		expect(enhanceAll(ridges, 0).data.every((value) => value === 0)).toBe(true);
	});
});
