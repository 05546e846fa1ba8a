import type { FloatImage } from '../images/float-image.ts';
import { blurCells, CELL, type CellGrid, cellsFor } from './cell-grid.ts';
import { type OrientationField, orientationAt } from './orientation.ts';

/** Shortest and longest distance from ridge to ridge that is looked for, working pixels. */
export const MIN_PERIOD = 4;
export const MAX_PERIOD = 18;
/** Where nothing can be measured: the usual pitch of an adult finger at 500 dpi. */
const USUAL_PERIOD = 9;
/** The strip that is looked at: this far to either side across the ridges and along them, working pixels. */
const REACH_ACROSS = 24;
const REACH_ALONG = 8;
/** Only every second cell in both directions is measured; the blur fills the rest. */
const STRIDE = 2;
const SIGMA = 3;
/** Mean height of the peak, as a share of full correlation, below which there is no rhythm. */
const MIN_CLARITY = 0.1;

/** The rhythm of the ridges. */
export interface RidgePeriods {
	/** Distance from ridge to ridge, working pixels. */
	readonly periods: CellGrid;
	/** 1 where the picture holds a rhythm at all, 0 at edges, letters and dirt. */
	readonly isRhythmic: CellGrid;
}

/**
 * Distance from ridge to ridge in each cell: the first peak of the autocorrelation of the grey profile
 * across the ridges ("x-signature" of Hong, Wan, Jain 1998), averaged with the neighbours by how clear each peak was.
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
		isRhythmic: {
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
	/** Of the ridges there, radians. */
	readonly angle: number;
}

/** Sum of the grey along the ridge for each step across it. */
function readProfile(ridges: FloatImage, { x, y, angle }: Place, profile: Float32Array): void {
	const alongX = Math.cos(angle);
	const alongY = -Math.sin(angle);
	for (let across = -REACH_ACROSS; across <= REACH_ACROSS; across++) {
		let sum = 0;
		for (let along = -REACH_ALONG; along <= REACH_ALONG; along += 2) {
			// Rounded; `Math.round`, which cares for -0, made the whole stage take twice as long.
			const px = Math.floor(x + 0.5 + along * alongX - across * alongY);
			const py = Math.floor(y + 0.5 + along * alongY + across * alongX);
			if (px >= 0 && py >= 0 && px < ridges.width && py < ridges.height) sum += ridges.data[py * ridges.width + px]!;
		}
		profile[across + REACH_ACROSS] = sum;
	}
}

/** @returns the lag of the first clear peak and its height against lag zero; clarity 0 when there is none */
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
