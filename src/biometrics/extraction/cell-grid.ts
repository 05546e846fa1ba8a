import { createValues } from '../images/reused-memory.ts';

/** Side of a cell, working pixels: the resolution of orientation, ridge period and segmentation; about one ridge period. */
export const CELL = 8;

/** One number per cell, row by row; cell (column, row) covers the pixels from `column * CELL`, `row * CELL`. */
export interface CellGrid {
	readonly columns: number;
	readonly rows: number;
	readonly data: Float32Array;
}

export function createCells(columns: number, rows: number): CellGrid {
	return { columns, rows, data: createValues(columns * rows) };
}

/** Creates a grid that covers an image of this size; the cells at the right and bottom edge may extend beyond it. */
export function cellsFor(image: { readonly width: number; readonly height: number }): CellGrid {
	return createCells(Math.ceil(image.width / CELL), Math.ceil(image.height / CELL));
}

/** Applies a Gaussian blur, zero beyond the edges; for a weighted mean, divide two blurred grids. @param sigma cells */
export function blurCells(grid: CellGrid, sigma: number): CellGrid {
	const kernel = gaussian(sigma);
	const { columns, rows } = grid;
	const across = createCells(columns, rows);
	const both = createCells(columns, rows);
	for (let row = 0; row < rows; row++) {
		blurLine(grid.data, across.data, { kernel, start: row * columns, step: 1, length: columns });
	}
	for (let column = 0; column < columns; column++) {
		blurLine(across.data, both.data, { kernel, start: column, step: columns, length: rows });
	}
	return both;
}

interface Line {
	readonly kernel: Float32Array;
	/** Index of the first cell. */
	readonly start: number;
	/** Distance between the indices of successive cells. */
	readonly step: number;
	readonly length: number;
}

function blurLine(source: Float32Array, target: Float32Array, { kernel, start, step, length }: Line): void {
	const radius = (kernel.length - 1) / 2;
	for (let i = 0; i < length; i++) {
		let sum = 0;
		const last = Math.min(i + radius, length - 1);
		for (let j = Math.max(i - radius, 0); j <= last; j++) sum += kernel[j - i + radius]! * source[start + j * step]!;
		target[start + i * step] = sum;
	}
}

/** Returns samples of a Gaussian up to three sigma, with sum 1. */
export function gaussian(sigma: number): Float32Array {
	const radius = Math.max(1, Math.ceil(3 * sigma));
	const kernel = Float32Array.from({ length: 2 * radius + 1 }, (_, i) =>
		Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)),
	);
	const sum = kernel.reduce((total, value) => total + value);
	return kernel.map((value) => value / sum);
}
