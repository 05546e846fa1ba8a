import { describe, expect, it } from 'vitest';
import { toFloatImage } from '../images/float-image.ts';
import type { GreyImage } from '../images/grey-image.ts';
import { cutImage, fadeImage, isInsideWindow, WINDOW_SHAPES } from '../testing/sensor-windows.ts';
import { createFingerImage, createImage, createNoiseImage } from '../testing/synthetic-ridges.ts';
import { findDeadArea, isNearDead } from './dead-area.ts';

const FINGER = createFingerImage(0.3);
const GREYS = [255, 128, 0];
const CENTRED = { angle: 0.1, shiftX: 4, shiftY: -7 };

function find(image: GreyImage) {
	return findDeadArea(toFloatImage(image));
}

/** Returns the share of the pixels whose state differs from the given one. */
function differingShare(image: GreyImage, isDead: (x: number, y: number) => boolean): number {
	const dead = find(image)?.data ?? new Uint8Array(image.data.length);
	const { width } = image;
	return dead.filter((value, i) => (value === 1) !== isDead(i % width, Math.floor(i / width))).length / dead.length;
}

describe('findDeadArea', () => {
	const cases = Object.entries(WINDOW_SHAPES).flatMap(([name, shape]) => GREYS.map((grey) => ({ name, shape, grey })));

	it.each(cases)('finds what lies outside a window with $name in grey $grey', ({ shape, grey }) => {
		const isInside = isInsideWindow(shape, CENTRED, FINGER);
		expect(differingShare(cutImage(FINGER, isInside, grey), (x, y) => !isInside(x, y))).toBeLessThan(0.02);
	});

	it('finds an area with slight noise', () => {
		const grain = createNoiseImage(FINGER.width, FINGER.height).data;
		const noisy = createImage(FINGER.width, FINGER.height, (x, y) =>
			x > 200 ? 40 + (grain[y * FINGER.width + x]! % 3) : FINGER.data[y * FINGER.width + x]!,
		);
		expect(differingShare(noisy, (x) => x > 200)).toBeLessThan(0.02);
	});

	it.each<[string, GreyImage]>([
		['an image full of ridges', FINGER],
		['a white image', createImage(200, 200, () => 255)],
		['a finger that fades into a white background', fadeImage(FINGER, 140, 255)],
		['a finger that fades into a grey background', fadeImage(FINGER, 140, 180)],
		['a finger in front of noise', cutToNoise(FINGER)],
		['a uniform area inside the finger', createImage(300, 375, (x, y) => hole(x, y))],
		['an image of one pixel', createImage(1, 1, () => 7)],
	])('finds nothing in %s', (_, image) => {
		expect(find(image)).toBeUndefined();
	});

	it('leaves out the background beside a finger that the window cuts on one side', () => {
		const faded = fadeImage(FINGER, 140, 255);
		const dead = find(cutImage(faded, (x) => x < 180, 255))!;
		expect(isNearDead(dead, 195, 187, 0)).toBe(true);
		expect(isNearDead(dead, 0, 187, 0)).toBe(false);
		expect(isNearDead(dead, 40, 80, 12)).toBe(false);
	});
});

describe('isNearDead', () => {
	const dead = { width: 50, height: 40, data: new Uint8Array(2000) };
	dead.data[20 * 50 + 30] = 1;

	it.each([
		[30, 20, 0, true],
		[30, 21, 0, false],
		[18, 20, 12, true],
		[17, 20, 12, false],
		[39, 29, 12, false],
		[38, 28, 12, true],
		[0, 0, 12, false],
		[49, 39, 12, false],
	])('of (%i, %i) within %i pixels is %s', (x, y, distance, expected) => {
		expect(isNearDead(dead, x, y, distance)).toBe(expected);
	});
});

function cutToNoise(image: GreyImage): GreyImage {
	const grain = createNoiseImage(image.width, image.height).data;
	return createImage(image.width, image.height, (x, y) => {
		const i = y * image.width + x;
		return Math.hypot(x - 150, y - 187) < 120 ? image.data[i]! : 200 + (grain[i]! % 24);
	});
}

function hole(x: number, y: number): number {
	return Math.hypot(x - 150, y - 187) < 50 ? 255 : FINGER.data[y * FINGER.width + x]!;
}
