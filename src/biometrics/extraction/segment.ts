import type { FloatImage } from '../images/float-image.ts';
import { blurCells, CELL, type CellGrid, cellsFor, createCells } from './cell-grid.ts';

/** Local standard deviation, grey levels; the noise of a reader is lower. */
const MIN_CONTRAST = 4;
/** Minimum contrast of a faint ridge, as a share of the contrast at the 90th percentile. */
const FAINT_SHARE = 0.2;
/** Minimum correlation of the image with the filtered ridges; dirt, letters and noise have less. */
const MIN_FIT = 0.55;
/** Share of the neighbouring cells that must be finger; cells beyond the image are not. This closes holes and removes frayed edges and single lines. */
const MAJORITY = 0.5;
const MAJORITY_SIGMA = 1.5;

/**
 * Returns 1 for cells with any structure and 0 for uniform background, which the expensive stages skip.
 *
 * @param emptyCells number of cells without contrast that were cut off from the image
 */
export function findStructure(contrast: FloatImage, emptyCells = 0): CellGrid {
	const cells = cellsFor(contrast);
	for (let row = 0; row < cells.rows; row++) {
		const y = Math.min(row * CELL + CELL / 2, contrast.height - 1);
		for (let column = 0; column < cells.columns; column++) {
			const x = Math.min(column * CELL + CELL / 2, contrast.width - 1);
			cells.data[row * cells.columns + column] = contrast.data[y * contrast.width + x]!;
		}
	}
	const rank = Math.floor((cells.data.length + emptyCells) * 0.9) - emptyCells;
	const clear = cells.data.toSorted()[Math.max(rank, 0)]!;
	const threshold = Math.max(MIN_CONTRAST, FAINT_SHARE * clear);
	return { ...cells, data: cells.data.map((value) => (value > threshold ? 1 : 0)) };
}

/** Returns the correlation of the image with the filtered ridges in each cell, -1..1. */
export function measureFit(ridges: FloatImage, enhanced: FloatImage): CellGrid {
	const products = [cellsFor(ridges), cellsFor(ridges), cellsFor(ridges)] as const;
	const [both, given, found] = products;
	for (let y = 0; y < ridges.height; y++) {
		let cell = Math.floor(y / CELL) * both.columns;
		for (let x = 0; x < ridges.width; cell++) {
			let product = 0;
			let givenSquare = 0;
			let foundSquare = 0;
			for (const end = Math.min(x + CELL, ridges.width); x < end; x++) {
				const ridge = ridges.data[y * ridges.width + x]!;
				const filtered = enhanced.data[y * ridges.width + x]!;
				product += ridge * filtered;
				givenSquare += ridge * ridge;
				foundSquare += filtered * filtered;
			}
			both.data[cell]! += product;
			given.data[cell]! += givenSquare;
			found.data[cell]! += foundSquare;
		}
	}
	const [b, g, f] = products.map((grid) => blurCells(grid, 0.8).data) as [Float32Array, Float32Array, Float32Array];
	return { ...both, data: b.map((value, i) => value / Math.max(Math.sqrt(g[i]! * f[i]!), 1e-6)) };
}

/** Returns 1 for the cells of the finger, the largest connected region after smoothing of cells with ridges, and 0 for all others. */
export function findFinger(fit: CellGrid): CellGrid {
	const votes = blurCells({ ...fit, data: fit.data.map((value) => (value > MIN_FIT ? 1 : 0)) }, MAJORITY_SIGMA);
	return largestRegion({ ...fit, data: votes.data.map((vote) => (vote > MAJORITY ? 1 : 0)) });
}

function largestRegion(mask: CellGrid): CellGrid {
	const seen = createCells(mask.columns, mask.rows);
	let largest: number[] = [];
	for (let cell = 0; cell < mask.data.length; cell++) {
		if (mask.data[cell] === 0 || seen.data[cell] === 1) continue;
		const region = floodFrom(mask, seen, cell);
		if (region.length > largest.length) largest = region;
	}
	const result = createCells(mask.columns, mask.rows);
	for (const cell of largest) result.data[cell] = 1;
	return result;
}

function floodFrom(mask: CellGrid, seen: CellGrid, start: number): number[] {
	const region: number[] = [];
	const reach = (cell: number) => {
		if (cell < 0 || cell >= mask.data.length || mask.data[cell] === 0 || seen.data[cell] === 1) return;
		seen.data[cell] = 1;
		region.push(cell);
	};
	reach(start);
	for (const cell of region) {
		const column = cell % mask.columns;
		if (column > 0) reach(cell - 1);
		if (column < mask.columns - 1) reach(cell + 1);
		reach(cell - mask.columns);
		reach(cell + mask.columns);
	}
	return region;
}
