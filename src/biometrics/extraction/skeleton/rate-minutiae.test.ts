import { describe, expect, it } from 'vitest';
import { createFloatImage, type FloatImage } from '../../images/float-image.ts';
import { rateMinutiae, type UnratedMinutia } from './rate-minutiae.ts';

const CLEAR = createWave(1.2);
const WEAK = createWave(0.4);

describe('rateMinutiae', () => {
	it('rates a single minutia on clear ridges above 95', () => {
		expect(rate(CLEAR, at(50, 50))).toEqual([expect.toSatisfy((quality) => quality > 95 && quality <= 100)]);
	});

	it('rates a minutia lower where the filtered ridges are weak', () => {
		expect(rate(WEAK, at(50, 50))[0]).toBeLessThan(rate(CLEAR, at(50, 50))[0]! - 5);
	});

	it('rates minutiae lower the closer they are', () => {
		const [far] = rate(WEAK, at(50, 50), at(80, 50));
		const [near, alsoNear] = rate(WEAK, at(50, 50), at(54, 50));
		expect(near).toBeLessThan(far! - 20);
		expect(alsoNear).toBe(near);
	});

	it('rates minutiae at the corner of the image and at the same place', () => {
		for (const quality of rate(WEAK, at(0, 0), at(0, 0), at(99, 99))) {
			expect(Number.isInteger(quality)).toBe(true);
			expect(quality).toBeGreaterThan(0);
			expect(quality).toBeLessThan(100);
		}
	});

	it('leaves everything else of a minutia unchanged', () => {
		expect(rateMinutiae([at(50, 50)], WEAK)[0]).toMatchObject(at(50, 50));
	});
});

function rate(enhanced: FloatImage, ...minutiae: UnratedMinutia[]): number[] {
	return rateMinutiae(minutiae, enhanced).map(({ quality }) => quality);
}

function at(x: number, y: number): UnratedMinutia {
	return { kind: 'ridge-ending', x, y, angle: 1 };
}

/** Creates a filtered image of horizontal ridges with this amplitude. */
function createWave(amplitude: number): FloatImage {
	const image = createFloatImage(100, 100);
	for (let i = 0; i < image.data.length; i++) {
		image.data[i] = amplitude * Math.cos((2 * Math.PI * Math.floor(i / image.width)) / 9);
	}
	return image;
}
