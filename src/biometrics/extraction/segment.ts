import type { FloatImage } from '../images/float-image.ts';
import { blurCells, CELL, type CellGrid, cellsFor, createCells } from './cell-grid.ts';

/** Grey levels of local standard deviation; a sensor's own noise stays below. */
const MIN_CONTRAST = 4;
/** Share of the contrast of the clearest tenth of the picture that a faint ridge still has. */
const FAINT_SHARE = 0.2;
/** Correlation of picture and filtered ridges; dirt, letters and noise stay below. */
const MIN_FIT = 0.55;
/** Share of the neighbourhood, beyond the picture none, that must agree: closes holes, cuts off frayed edges and lone lines. */
const MAJORITY = 0.5;
const MAJORITY_SIGMA = 1.5;

/** Cells that hold a structure of any kind, 1, and flat background, 0: where the costly stages look at all. */
export function findStructure(contrast: FloatImage): CellGrid {
	const cells = cellsFor(contrast);
	for (let row = 0; row < cells.rows; row++) {
		const y = Math.min(row * CELL + CELL / 2, contrast.height - 1);
		for (let column = 0; column < cells.columns; column++) {
			const x = Math.min(column * CELL + CELL / 2, contrast.width - 1);
			cells.data[row * cells.columns + column] = contrast.data[y * contrast.width + x]!;
		}
	}
	const clear = cells.data.toSorted()[Math.floor(cells.data.length * 0.9)]!;
	const threshold = Math.max(MIN_CONTRAST, FAINT_SHARE * clear);
	return { ...cells, data: cells.data.map((value) => (value > threshold ? 1 : 0)) };
}

/** How well the filtered ridges explain the picture, cell by cell: the correlation of the two, -1..1. */
export function measureFit(ridges: FloatImage, enhanced: FloatImage): CellGrid {
	const products = [cellsFor(ridges), cellsFor(ridges), cellsFor(ridges)] as const;
	const [both, given, found] = products;
	for (let y = 0; y < ridges.height; y++) {
		const row = Math.floor(y / CELL) * both.columns;
		for (let x = 0; x < ridges.width; x++) {
			const cell = row + ((x / CELL) | 0);
			const i = y * ridges.width + x;
			both.data[cell]! += ridges.data[i]! * enhanced.data[i]!;
			given.data[cell]! += ridges.data[i]! ** 2;
			found.data[cell]! += enhanced.data[i]! ** 2;
		}
	}
	const [b, g, f] = products.map((grid) => blurCells(grid, 0.8).data) as [Float32Array, Float32Array, Float32Array];
	return { ...both, data: b.map((value, i) => value / Math.max(Math.sqrt(g[i]! * f[i]!), 1e-6)) };
}

/** The finger: cells whose picture is explained by ridges, 1, smoothed to its largest connected region; all else 0. */
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
	const region = [start];
	seen.data[start] = 1;
	for (const cell of region) {
		for (const next of neighbours(cell, mask)) {
			if (mask.data[next] === 0 || seen.data[next] === 1) continue;
			seen.data[next] = 1;
			region.push(next);
		}
	}
	return region;
}

function neighbours(cell: number, { columns, data }: CellGrid): number[] {
	const column = cell % columns;
	const sides = [cell - columns, cell + columns];
	if (column > 0) sides.push(cell - 1);
	if (column < columns - 1) sides.push(cell + 1);
	return sides.filter((side) => side >= 0 && side < data.length);
}
