import { describe, expect, it } from 'vitest';
import { toFloatImage } from '../images/float-image.ts';
import type { GreyImage } from '../images/grey-image.ts';
import {
	createCircleImage,
	createImage,
	createNoiseImage,
	createRidgeImage,
	degreesApart,
} from '../testing/synthetic-ridges.ts';
import { normalise } from './normalise.ts';
import { estimateOrientation, orientationAt } from './orientation.ts';

describe('estimateOrientation', () => {
	it.each([0, 17, 45, 90, 123, 179])('finds ridges at %i degrees', (degrees) => {
		const angle = (degrees * Math.PI) / 180;
		const field = estimateOrientation(toFloatImage(createRidgeImage({ width: 120, height: 120, angle, period: 9 })));
		expect(degreesApart(orientationAt(field, 60, 60), angle, 180)).toBeLessThan(1);
		expect(field.coherence.data[7 * 15 + 7]).toBeGreaterThan(0.95);
	});

	it.each([0, 50, 111, 200, 290])('follows circular ridges, measured at %i degrees around the centre', (degrees) => {
		const field = estimateOrientation(toFloatImage(createCircleImage(201, 9)));
		const radial = (degrees * Math.PI) / 180;
		const found = orientationAt(field, 100 + 70 * Math.cos(radial), 100 - 70 * Math.sin(radial));
		expect(degreesApart(found, radial + Math.PI / 2, 180)).toBeLessThan(3);
	});

	it.each([0, 20, 45, 70, 90])('finds the ridges of a dry finger, which are rows of dots, at %i degrees', (degrees) => {
		const angle = (degrees * Math.PI) / 180;
		const { ridges } = normalise(toFloatImage(createDottedRidges(angle)));
		expect(degreesApart(orientationAt(estimateOrientation(ridges), 60, 60), angle, 180)).toBeLessThan(5);
	});

	it('returns a low coherence for noise', () => {
		const { coherence } = estimateOrientation(normalise(toFloatImage(createNoiseImage(120, 120))).ridges);
		expect(Math.max(...coherence.data)).toBeLessThan(0.4);
	});
});

/** Creates ridges 9 pixels apart, each a row of dots 6 pixels apart that do not align with those of the next row. */
function createDottedRidges(angle: number): GreyImage {
	return createImage(120, 120, (x, y) => {
		const across = x * Math.sin(angle) + y * Math.cos(angle);
		const along = x * Math.cos(angle) - y * Math.sin(angle);
		const row = Math.round(across / 9);
		const toDot = modulo(along + 2.7 * row ** 2, 6) - 3;
		return Math.hypot(across - 9 * row, toDot) < 2 ? 20 : 230;
	});
}

function modulo(value: number, divisor: number): number {
	return ((value % divisor) + divisor) % divisor;
}
