import { boxMean } from '../images/box-mean.ts';
import type { FloatImage } from '../images/float-image.ts';
import { blurCells, CELL, type CellGrid, cellsFor } from './cell-grid.ts';

/**
 * The direction of the ridges in each cell. The orientation t equals t + 180 degrees and is therefore stored as the unit
 * vector (cos 2t, sin 2t); t is counter-clockwise.
 */
export interface OrientationField {
	readonly cosine: CellGrid;
	readonly sine: CellGrid;
	/** 0 = no direction, 1 = parallel ridges. */
	readonly coherence: CellGrid;
}

/**
 * Half side of the square that is averaged before the gradients, working pixels: the pores and gaps of a dry ridge have steep
 * edges in all directions.
 */
const SMOOTHING_RADIUS = 1;
/** Cells; preserves the curvature near a core. */
const FINE_SIGMA = 1;
/** Cells; continues the direction across creases and blurred regions. */
const COARSE_SIGMA = 3;
/** Weight of the coarse scale; it dominates only where the fine scale has no clear direction. */
const COARSE_SHARE = 0.15;

/** Estimates the orientation by the gradient structure tensor with doubled angles (Bigun and Granlund 1987; Kass and Witkin 1987) at two scales. */
export function estimateOrientation(ridges: FloatImage): OrientationField {
	const tensor = sumTensor(boxMean(ridges, SMOOTHING_RADIUS));
	const fine = tensor.map((grid) => blurCells(grid, FINE_SIGMA)) as Tensor;
	const coarseCosine = blurCells(tensor[0], COARSE_SIGMA);
	const coarseSine = blurCells(tensor[1], COARSE_SIGMA);
	const [cosine, sine, energy] = fine;
	const coherence = cellsFor(ridges);
	for (let i = 0; i < coherence.data.length; i++) {
		coherence.data[i] = lengthOf(cosine.data[i]!, sine.data[i]!) / Math.max(energy.data[i]!, 1e-6);
		cosine.data[i]! += COARSE_SHARE * coarseCosine.data[i]!;
		sine.data[i]! += COARSE_SHARE * coarseSine.data[i]!;
		const length = Math.max(lengthOf(cosine.data[i]!, sine.data[i]!), 1e-6);
		cosine.data[i]! /= length;
		sine.data[i]! /= length;
	}
	return { cosine, sine, coherence };
}

function lengthOf(x: number, y: number): number {
	return Math.sqrt(x * x + y * y);
}

/** Cosine and sine of the doubled angle of the ridge direction, weighted by the gradient energy, and that energy. */
type Tensor = [cosine: CellGrid, sine: CellGrid, energy: CellGrid];

function sumTensor({ width, height, data }: FloatImage): Tensor {
	const tensor: Tensor = [cellsFor({ width, height }), cellsFor({ width, height }), cellsFor({ width, height })];
	for (let y = 1; y < height - 1; y++) {
		let cell = Math.floor(y / CELL) * tensor[0].columns;
		for (let x = 1; x < width - 1; x = nextCell(x), cell++) {
			addGradients(tensor, cell, data, width, y * width + x, y * width + Math.min(nextCell(x), width - 1));
		}
	}
	return tensor;
}

function nextCell(x: number): number {
	return x - (x % CELL) + CELL;
}

/**
 * Adds the Sobel gradients of the pixels from `start` to before `end` of a row to a cell; each column of three pixels is read
 * once and reused for the next pixels.
 *
 * @param width of the image
 */
function addGradients(
	tensor: Tensor,
	cell: number,
	data: Float32Array,
	width: number,
	start: number,
	end: number,
): void {
	let left = smooth(data, start - 1, width);
	let middle = smooth(data, start, width);
	let leftSlope = slope(data, start - 1, width);
	let middleSlope = slope(data, start, width);
	let along = 0;
	let across = 0;
	let sum = 0;
	for (let i = start; i < end; i++) {
		const right = smooth(data, i + 1, width);
		const rightSlope = slope(data, i + 1, width);
		const gx = right - left;
		const gy = leftSlope + 2 * middleSlope + rightSlope;
		along += gy * gy - gx * gx;
		across -= 2 * gx * gy;
		sum += gx * gx + gy * gy;
		left = middle;
		middle = right;
		leftSlope = middleSlope;
		middleSlope = rightSlope;
	}
	tensor[0].data[cell]! += along;
	tensor[1].data[cell]! += across;
	tensor[2].data[cell]! += sum;
}

function smooth(data: Float32Array, i: number, width: number): number {
	return data[i - width]! + 2 * data[i]! + data[i + width]!;
}

function slope(data: Float32Array, i: number, width: number): number {
	return data[i - width]! - data[i + width]!;
}

/** Returns the interpolated orientation, radians 0..pi. @param x pixels @param y pixels */
export function orientationAt({ cosine, sine }: OrientationField, x: number, y: number): number {
	const doubled = Math.atan2(sampleCells(sine, x, y), sampleCells(cosine, x, y));
	return doubled < 0 ? doubled / 2 + Math.PI : doubled / 2;
}

/** Interpolates a grid bilinearly; beyond the outer cell centres it is constant. @param x pixels @param y pixels */
export function sampleCells({ columns, rows, data }: CellGrid, x: number, y: number): number {
	const u = Math.min(Math.max((x + 0.5) / CELL - 0.5, 0), columns - 1);
	const v = Math.min(Math.max((y + 0.5) / CELL - 0.5, 0), rows - 1);
	const left = Math.min(Math.floor(u), Math.max(columns - 2, 0));
	const top = Math.min(Math.floor(v), Math.max(rows - 2, 0));
	const right = Math.min(left + 1, columns - 1);
	const bottom = Math.min(top + 1, rows - 1);
	const upper = data[top * columns + left]! * (left + 1 - u) + data[top * columns + right]! * (u - left);
	const lower = data[bottom * columns + left]! * (left + 1 - u) + data[bottom * columns + right]! * (u - left);
	return upper * (top + 1 - v) + lower * (v - top);
}
