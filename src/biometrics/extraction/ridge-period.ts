import type { FloatImage } from '../images/float-image.ts';
import { blurCells, CELL, type CellGrid, cellsFor } from './cell-grid.ts';
import { type OrientationField, orientationAt } from './orientation.ts';

/** Shortest and longest ridge period that is detected, working pixels. */
export const MIN_PERIOD = 4;
export const MAX_PERIOD = 18;
/** Used where nothing can be measured: the usual period of an adult finger at 500 dpi. */
const USUAL_PERIOD = 9;
/** Half sides of the rectangle that is measured, across and along the ridges, working pixels. */
const REACH_ACROSS = 24;
const REACH_ALONG = 8;
/** Only every second cell in both directions is measured; the blur fills the others. */
export const STRIDE = 2;
const SIGMA = 3;
/** Mean height of the peak, as a share of full correlation, below which there are no periodic ridges. */
const MIN_CLARITY = 0.1;

/** The ridge period in each cell. */
export interface RidgePeriods {
	/** Distance between ridges, working pixels. */
	readonly periods: CellGrid;
	/** 1 where the image is periodic, 0 for example at edges, letters and dirt. */
	readonly isPeriodic: CellGrid;
}

/**
 * Estimates the ridge period in each cell as the first peak of the autocorrelation of the grey profile across the ridges (the
 * "x-signature" of Hong, Wan, Jain 1998), averaged with the neighbours and weighted by the clarity of each peak.
 */
export function estimatePeriod(ridges: FloatImage, field: OrientationField, mask: CellGrid): RidgePeriods {
	const periods = cellsFor(ridges);
	const weights = cellsFor(ridges);
	const profile = new Float32Array(2 * REACH_ACROSS + 1);
	for (let row = 0; row < periods.rows; row += STRIDE) {
		for (let column = 0; column < periods.columns; column += STRIDE) {
			const cell = row * periods.columns + column;
			if (mask.data[cell] === 0) continue;
			const [x, y] = [(column + 0.5) * CELL, (row + 0.5) * CELL];
			readProfile(ridges, { x, y, angle: orientationAt(field, x, y) }, profile);
			const { period, clarity } = findPeriod(profile);
			weights.data[cell] = clarity;
			periods.data[cell] = clarity * period;
		}
	}
	const clarity = blurCells(weights, SIGMA);
	return {
		periods: weightedMean(blurCells(periods, SIGMA), clarity),
		isPeriodic: {
			...mask,
			data: mask.data.map((value, i) => (clarity.data[i]! * STRIDE ** 2 > MIN_CLARITY ? value : 0)),
		},
	};
}

function weightedMean(sums: CellGrid, weights: CellGrid): CellGrid {
	const data = sums.data.map((sum, i) => (weights.data[i]! > 1e-3 ? sum / weights.data[i]! : USUAL_PERIOD));
	return { ...sums, data };
}

interface Place {
	readonly x: number;
	readonly y: number;
	/** Direction of the ridges, radians. */
	readonly angle: number;
}

/** Sums the grey levels along the ridge for each step across it. */
function readProfile(ridges: FloatImage, { x, y, angle }: Place, profile: Float32Array): void {
	const alongX = Math.cos(angle);
	const alongY = -Math.sin(angle);
	for (let across = -REACH_ACROSS; across <= REACH_ACROSS; across++) {
		let sum = 0;
		for (let along = -REACH_ALONG; along <= REACH_ALONG; along += 2) {
			// Rounding by `Math.round`, which preserves -0, doubles the time of the whole stage.
			const px = Math.floor(x + 0.5 + along * alongX - across * alongY);
			const py = Math.floor(y + 0.5 + along * alongY + across * alongX);
			if (px >= 0 && py >= 0 && px < ridges.width && py < ridges.height) sum += ridges.data[py * ridges.width + px]!;
		}
		profile[across + REACH_ACROSS] = sum;
	}
}

/** Returns the lag of the first clear peak and its height relative to lag zero; clarity 0 if there is none. */
function findPeriod(profile: Float32Array): { period: number; clarity: number } {
	const full = correlation(profile, 0);
	let previous = correlation(profile, MIN_PERIOD - 1);
	let current = correlation(profile, MIN_PERIOD);
	for (let lag = MIN_PERIOD; lag <= MAX_PERIOD; lag++) {
		const next = correlation(profile, lag + 1);
		if (current > 0.2 * full && current >= previous && current > next) {
			const shift = (previous - next) / (2 * (previous - 2 * current + next));
			return { period: lag + shift, clarity: current / full };
		}
		previous = current;
		current = next;
	}
	return { period: 0, clarity: 0 };
}

function correlation(profile: Float32Array, lag: number): number {
	let sum = 0;
	for (let i = lag; i < profile.length; i++) sum += profile[i]! * profile[i - lag]!;
	return sum / (profile.length - lag);
}
