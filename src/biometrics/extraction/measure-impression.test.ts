import { describe, expect, it } from 'vitest';
import { type FloatImage, toFloatImage } from '../images/float-image.ts';
import type { GreyImage } from '../images/grey-image.ts';
import { createImage, createNoiseImage, createRidgeImage } from '../testing/synthetic-ridges.ts';
import { CELL, type CellGrid, cellsFor } from './cell-grid.ts';
import { type ImpressionMeasures, measureImpression } from './measure-impression.ts';
import { normalise } from './normalise.ts';
import { estimateOrientation } from './orientation.ts';

const SIDE = 40 * CELL;
const RIDGES = createRidgeImage({ width: SIDE, height: SIDE, angle: 0.5, period: 9 });
/** The filtered image of the same ridges. */
const ENHANCED: FloatImage = {
	...toFloatImage(RIDGES),
	data: toFloatImage(RIDGES).data.map((grey) => (128 - grey) / 100),
};

/** Measures a finger that covers the cells from `from` to `to` in both directions of an otherwise white image. */
function measure(image: GreyImage, from = 10, to = 30): ImpressionMeasures {
	const cells = cellsFor(image);
	const isInside = (cell: number) => cell >= from && cell < to;
	const finger: CellGrid = {
		...cells,
		data: cells.data.map((_, i) => (isInside(i % cells.columns) && isInside(Math.floor(i / cells.columns)) ? 1 : 0)),
	};
	const placed = createImage(SIDE, SIDE, (x, y) =>
		isInside(Math.floor(x / CELL)) && isInside(Math.floor(y / CELL)) ? image.data[y * SIDE + x]! : 255,
	);
	return measureImpression(
		normalise(toFloatImage(placed)),
		ENHANCED,
		{
			field: estimateOrientation(normalise(toFloatImage(image)).ridges),
			finger,
			fit: { ...finger, data: finger.data.map(() => 0.8) },
		},
		periodsOf(9),
	);
}

/** Returns the same ridge period for every cell. */
function periodsOf(period: number): CellGrid {
	const cells = cellsFor(RIDGES);
	return { ...cells, data: cells.data.map(() => period) };
}

describe('measureImpression', () => {
	it('measures area, fit, contrast and position of a good finger', () => {
		const impression = measure(RIDGES);
		expect(impression.areaMm2).toBeCloseTo((20 * CELL * 0.0508) ** 2);
		expect(impression.fit).toBeCloseTo(0.8);
		expect(impression.coherence).toBeGreaterThan(0.95);
		expect(impression.contrast).toBeCloseTo(70, -1);
		expect(impression.modulation).toBeCloseTo(0.6, 1);
		expect(impression.offCentre).toBeLessThan(0.01);
		expect(impression.ridgePeriodMm).toBeCloseTo(9 * 0.0508);
		expect(impression.brokenRidges).toBeLessThan(0.03);
		expect(impression.filledValleys).toBeLessThan(0.03);
	});

	it('measures how far a finger is from the centre', () => {
		expect(measure(RIDGES, 0, 20).offCentre).toBeCloseTo(0.25, 1);
	});

	it('measures a low coherence for a pattern without one direction', () => {
		const checks = createImage(SIDE, SIDE, (x, y) => 255 * ((Math.floor(x / 8) + Math.floor(y / 8)) % 2));
		expect(measure(checks).coherence).toBeLessThan(0.11);
	});

	it('detects ridges broken by light specks', () => {
		const specks = createNoiseImage(SIDE, SIDE);
		const dry = createImage(SIDE, SIDE, (x, y) => (specks.data[y * SIDE + x]! < 80 ? 250 : RIDGES.data[y * SIDE + x]!));
		expect(measure(dry).brokenRidges).toBeGreaterThan(0.2);
		expect(measure(dry).filledValleys).toBeLessThan(0.05);
	});

	it('detects dark valleys', () => {
		const drops = createNoiseImage(SIDE, SIDE);
		const wet = createImage(SIDE, SIDE, (x, y) => (drops.data[y * SIDE + x]! < 80 ? 10 : RIDGES.data[y * SIDE + x]!));
		expect(measure(wet).filledValleys).toBeGreaterThan(0.2);
		expect(measure(wet).brokenRidges).toBeLessThan(0.05);
	});

	it('measures a low modulation for a smear', () => {
		const smear = createImage(SIDE, SIDE, (x, y) => 120 + (RIDGES.data[y * SIDE + x]! - 128) / 5);
		expect(measure(smear).modulation).toBeLessThan(0.3);
	});

	it('measures brightness, modulation and position inside the window of the sensor', () => {
		const [start, end] = [10 * CELL, 30 * CELL];
		const isDead = (x: number, y: number) => x < start - CELL || x >= end + CELL || y < start || y >= end;
		const dead = { width: SIDE, height: SIDE, data: createImage(SIDE, SIDE, (x, y) => (isDead(x, y) ? 1 : 0)).data };
		const cells = cellsFor(RIDGES);
		const data = cells.data.map((_, i) => (Math.floor(i / cells.columns) < 30 && i % cells.columns < 30 ? 1 : 0));
		const measureWith = (grey: number) => {
			const placed = createImage(SIDE, SIDE, (x, y) => (isDead(x, y) ? grey : RIDGES.data[y * SIDE + x]!));
			return measureImpression(
				normalise(toFloatImage(placed), dead),
				ENHANCED,
				{
					field: estimateOrientation(normalise(toFloatImage(RIDGES)).ridges),
					finger: { ...cells, data },
					fit: { ...cells, data },
					dead,
				},
				periodsOf(9),
			);
		};
		expect(measureWith(255)).toEqual(measureWith(0));
		expect(measureWith(255).brightness).toBeCloseTo(128, -1);
		expect(measureWith(255).contrast).toBeCloseTo(70, -1);
		expect(measureWith(255).brokenRidges).toBeLessThan(0.03);
	});

	it('returns 0 if there is no finger', () => {
		expect(measure(RIDGES, 0, 0)).toMatchObject({
			areaMm2: 0,
			fit: 0,
			brokenRidges: 0,
			filledValleys: 0,
			ridgePeriodMm: 0,
		});
	});
});
