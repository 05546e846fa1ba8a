import { createFloatImage, type FloatImage } from '../images/float-image.ts';
import { CELL, type CellGrid } from './cell-grid.ts';
import { type Filter, FilterBank, ORIENTATIONS, REACH } from './filter-bank.ts';
import { type OrientationField, orientationAt, sampleCells } from './orientation.ts';
import type { RidgePeriods } from './ridge-period.ts';

/** One filter serves the pixels of a square of this side; divides CELL, and `filterTile` is written out for it. */
const TILE = 4;

/** A sensor gives pictures of one size: the bank of the last width is kept. */
let keptBank = { stride: 0, bank: new FilterBank(0) };

/**
 * Contextual filtering (Gabor filters as in Hong, Wan, Jain 1998) in its two separable parts: a Gaussian along the ridge,
 * then a wave packet of the local period across it. Each pixel is smoothed along its own orientation before its
 * neighbours read it, so the filter bends with the ridges.
 *
 * Cells without a rhythm are skipped and stay 0.
 *
 * @returns positive on ridges, negative in valleys, about 1 on clear ridges
 */
export function enhance(
	ridges: FloatImage,
	field: OrientationField,
	{ periods, isRhythmic }: RidgePeriods,
): FloatImage {
	const bordered = addBorder(ridges, isRhythmic);
	const tiles = planTiles(field, periods, isRhythmic);
	const bank = bankFor(bordered.width);
	const smoothed = filterTiles(bordered, tiles, (tile) => bank.along(tile.orientation));
	const filtered = filterTiles(smoothed, tiles, (tile) => bank.across(tile.orientation, tile.period));
	return removeBorder(filtered, ridges);
}

interface Tile {
	/** Its top left pixel in the picture. */
	readonly x: number;
	readonly y: number;
	readonly orientation: number;
	readonly period: number;
}

function planTiles(field: OrientationField, periods: CellGrid, mask: CellGrid): Tile[] {
	const tiles: Tile[] = [];
	for (let y = 0; y < mask.rows * CELL; y += TILE) {
		for (let x = 0; x < mask.columns * CELL; x += TILE) {
			if (mask.data[Math.floor(y / CELL) * mask.columns + Math.floor(x / CELL)] === 0) continue;
			const centreX = x + (TILE - 1) / 2;
			const centreY = y + (TILE - 1) / 2;
			const orientation = Math.round((orientationAt(field, centreX, centreY) * ORIENTATIONS) / Math.PI) % ORIENTATIONS;
			tiles.push({ x, y, orientation, period: sampleCells(periods, centreX, centreY) });
		}
	}
	return tiles;
}

function bankFor(stride: number): FilterBank {
	if (keptBank.stride !== stride) keptBank = { stride, bank: new FilterBank(stride) };
	return keptBank.bank;
}

function filterTiles(source: FloatImage, tiles: readonly Tile[], filterFor: (tile: Tile) => Filter): FloatImage {
	const target = createFloatImage(source.width, source.height);
	for (const tile of tiles) {
		const start = (tile.y + REACH) * source.width + tile.x + REACH;
		filterTile(source, target, start, filterFor(tile));
	}
	return target;
}

function filterTile(source: FloatImage, target: FloatImage, start: number, { offsets, weights }: Filter): void {
	const { width, data } = source;
	for (let row = start; row < start + TILE * width; row += width) {
		// The four pixels of a row share each look into the filter.
		let [first, second, third, fourth] = [0, 0, 0, 0];
		for (let tap = 0; tap < offsets.length; tap++) {
			const weight = weights[tap]!;
			const at = row + offsets[tap]!;
			first += weight * data[at]!;
			second += weight * data[at + 1]!;
			third += weight * data[at + 2]!;
			fourth += weight * data[at + 3]!;
		}
		target.data[row] = first;
		target.data[row + 1] = second;
		target.data[row + 2] = third;
		target.data[row + 3] = fourth;
	}
}

/** Whole cells, and room around them for every filter tap. */
function addBorder({ width, height, data }: FloatImage, { columns, rows }: CellGrid): FloatImage {
	const bordered = createFloatImage(columns * CELL + 2 * REACH, rows * CELL + 2 * REACH);
	for (let y = 0; y < height; y++) {
		bordered.data.set(data.subarray(y * width, (y + 1) * width), (y + REACH) * bordered.width + REACH);
	}
	return bordered;
}

function removeBorder(bordered: FloatImage, { width, height }: FloatImage): FloatImage {
	const plane = createFloatImage(width, height);
	for (let y = 0; y < height; y++) {
		const start = (y + REACH) * bordered.width + REACH;
		plane.data.set(bordered.data.subarray(start, start + width), y * width);
	}
	return plane;
}
