import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { GreyImage } from '../images/grey-image.ts';
import { readImage } from '../images/read-image.ts';
import { matchRecords } from '../matching/match.ts';
import { decodeIsoRecord } from '../records/iso-record.ts';
import type { Minutia } from '../records/minutia.ts';
import { cutImage, fadeImage, isInsideWindow, WINDOW_SHAPES } from '../testing/sensor-windows.ts';
import { SyntheticFinger } from '../testing/synthetic-finger.ts';
import { createFingerImage, createImage, createRidgeImage } from '../testing/synthetic-ridges.ts';
import { VERIFY_SCORE } from '../testing/verify-score.ts';
import { extractTemplate } from './extract-template.ts';

/** Six images of six fingers from a reader with a slanted window. */
const SENSOR_WINDOW = '../shared/fingerprints/sensor_window';
const FINGER = createFingerImage(0.3);
/** No minutia is reported closer to the edge of the window, pixels. */
const EDGE_DISTANCE = 12;
/** From this distance on, the window does not change the minutiae: cells that it cuts do not count as finger, pixels. */
const SAFE_DISTANCE = 28;
const PLACEMENTS = [
	{ angle: 0, shiftX: 0, shiftY: 0 },
	{ angle: 0.35, shiftX: 9, shiftY: -14 },
	{ angle: -1.1, shiftX: -13, shiftY: 6 },
];
const GREYS = [
	{ name: 'white', grey: 255 },
	{ name: 'grey', grey: 128 },
	{ name: 'black', grey: 0 },
];

type Inside = (x: number, y: number) => boolean;

/** Returns whether all points of the image within this distance lie inside the window. */
function isClear(
	isInside: Inside,
	{ x, y }: Minutia,
	distance: number,
	{ width, height }: GreyImage = FINGER,
): boolean {
	for (let dy = -distance; dy <= distance; dy++) {
		for (let dx = -distance; dx <= distance; dx++) {
			const isInImage = x + dx >= 0 && y + dy >= 0 && x + dx < width && y + dy < height;
			if (isInImage && Math.hypot(dx, dy) <= distance && !isInside(x + dx, y + dy)) return false;
		}
	}
	return true;
}

function isAmong(minutia: Minutia, minutiae: readonly Minutia[]): boolean {
	return minutiae.some(
		(other) => other.kind === minutia.kind && Math.hypot(other.x - minutia.x, other.y - minutia.y) <= 2,
	);
}

/** Fingers with minutiae at different positions, but with ridges in the same direction. */
function createFinger(seed: number): GreyImage {
	const minutiae = new SyntheticFinger(seed, 16).touch().minutiae.map((minutia) => ({
		...minutia,
		x: minutia.x - 50,
		y: minutia.y - 13,
		angle: minutia.angle < Math.PI ? 0.3 : 0.3 + Math.PI,
	}));
	return createRidgeImage({ width: 300, height: 375, angle: 0.3, period: 9, minutiae });
}

describe('extractTemplate behind the window of a sensor', () => {
	const { minutiae: expected, hints } = extractTemplate(FINGER);
	const cases = Object.entries(WINDOW_SHAPES).flatMap(([shapeName, shape]) =>
		GREYS.flatMap(({ name, grey }) => PLACEMENTS.map((placement) => ({ shapeName, shape, name, grey, placement }))),
	);

	it.each(cases)('reports only true minutiae: $shapeName, $name, $placement', ({ shape, grey, placement }) => {
		const isInside = isInsideWindow(shape, placement, FINGER);
		const { minutiae } = extractTemplate(cutImage(FINGER, isInside, grey));
		expect(minutiae.filter((minutia) => !isClear(isInside, minutia, EDGE_DISTANCE))).toEqual([]);
		const safe = expected.filter((minutia) => isClear(isInside, minutia, SAFE_DISTANCE));
		expect(safe.length).toBeGreaterThan(1);
		expect(safe.filter((minutia) => !isAmong(minutia, minutiae))).toEqual([]);
		expect(minutiae.filter((minutia) => !isAmong(minutia, expected))).toEqual([]);
	});

	it.each(GREYS)('returns the hints of the finger, not of a $name frame around it', ({ grey }) => {
		const padded = createImage(500, 500, (x, y) => (x < 300 && y < 375 ? FINGER.data[y * 300 + x]! : grey));
		expect(extractTemplate(padded).hints).toEqual(hints);
	});

	it.each([300, 1000])('ignores the edge of a window at %i dpi', (dpi) => {
		const scale = dpi / 500;
		const isInside = isInsideWindow(WINDOW_SHAPES.circle, PLACEMENTS[0]!, FINGER);
		const cut = cutImage(FINGER, isInside, 0);
		const image = {
			...createImage(
				300 * scale,
				375 * scale,
				(x, y) => cut.data[Math.floor(y / scale) * 300 + Math.floor(x / scale)]!,
			),
			dpi,
		};
		const minutiae = extractTemplate(image).minutiae.map(({ x, y, ...rest }) => ({
			...rest,
			x: Math.round(x / scale),
			y: Math.round(y / scale),
		}));
		expect(minutiae.length).toBeGreaterThan(1);
		expect(minutiae.filter((minutia) => !isClear(isInside, minutia, EDGE_DISTANCE - 3))).toEqual([]);
	});

	it('reports minutiae beside the faded edge of a finger', () => {
		const faded = fadeImage(FINGER, 140, 255);
		const { minutiae } = extractTemplate(faded);
		const { minutiae: onGrey } = extractTemplate(fadeImage(FINGER, 140, 250));
		expect(minutiae.length).toBeGreaterThan(5);
		expect(minutiae.filter((minutia) => !isAmong(minutia, onGrey))).toEqual([]);
	});

	const fingers = [1, 2, 3, 4].map(createFinger);

	it.each(GREYS)('does not match different fingers behind the same $name window', ({ grey }) => {
		const isInside = isInsideWindow(WINDOW_SHAPES.keystone, PLACEMENTS[0]!, FINGER);
		const records = fingers.map((finger) => {
			const { minutiae } = extractTemplate(cutImage(finger, isInside, grey));
			return { width: 300, height: 375, dpi: 500, quality: 50, minutiae };
		});
		expect(highestScore(records)).toBeLessThan(VERIFY_SCORE);
	});
});

/** Returns the highest score of two different records. */
function highestScore(records: readonly Parameters<typeof matchRecords>[0][]): number {
	return Math.max(...records.flatMap((a, i) => records.slice(i + 1).map((b) => matchRecords(a, b))));
}

describe.skipIf(!existsSync(SENSOR_WINDOW))(`images with a slanted window (needs ${SENSOR_WINDOW})`, () => {
	it('matches no two of six different fingers', () => {
		const records = readdirSync(SENSOR_WINDOW)
			.filter((name) => name.endsWith('.png'))
			.map((name) => extractTemplate(readImage(readFileSync(join(SENSOR_WINDOW, name)), 512)).template!)
			.map((template) => decodeIsoRecord(template));
		expect(records).toHaveLength(6);
		expect(highestScore(records)).toBeLessThan(VERIFY_SCORE);
	});
});
