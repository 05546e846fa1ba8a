import { createFloatImage, type FloatImage } from '../images/float-image.ts';
import { CELL, type CellGrid } from './cell-grid.ts';
import { type Filter, FilterBank, ORIENTATIONS, REACH } from './filter-bank.ts';
import { type OrientationField, orientationAt, sampleCells } from './orientation.ts';
import type { RidgePeriods } from './ridge-period.ts';

/** Side of the square of pixels that share one filter. It must divide CELL, and `filterTile` is unrolled for it. */
const TILE = 4;

/** The filter bank for the last image width, as a reader's images all have the same size. */
let cachedBank = { stride: 0, bank: new FilterBank(0) };

/**
 * Contextual filtering with Gabor filters (Hong, Wan, Jain 1998) in two separable parts: a Gaussian along the ridge, then a
 * wave packet with the local period across it. Each pixel is smoothed along its own orientation before the second part reads
 * it, so that the filter follows curved ridges.
 *
 * Cells without periodic ridges are skipped and stay 0.
 *
 * @returns positive on ridges, negative in valleys, about 1 on clear ridges
 */
export function enhance(
	ridges: FloatImage,
	field: OrientationField,
	{ periods, isPeriodic }: RidgePeriods,
): FloatImage {
	const bordered = addBorder(ridges, isPeriodic);
	const tiles = planTiles(field, periods, isPeriodic);
	const bank = bankFor(bordered.width);
	const smoothed = filterTiles(bordered, tiles, (tile) => bank.along(tile.orientation));
	const filtered = filterTiles(smoothed, tiles, (tile) => bank.across(tile.orientation, tile.period));
	return removeBorder(filtered, ridges);
}

interface Tile {
	/** The top left pixel in the image. */
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
	if (cachedBank.stride !== stride) cachedBank = { stride, bank: new FilterBank(stride) };
	return cachedBank.bank;
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
		// The four pixels of a row share each read of the filter.
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

/** Extends the image to whole cells and adds a border for the filter taps. */
function addBorder({ width, height, data }: FloatImage, { columns, rows }: CellGrid): FloatImage {
	const bordered = createFloatImage(columns * CELL + 2 * REACH, rows * CELL + 2 * REACH);
	for (let y = 0; y < height; y++) {
		bordered.data.set(data.subarray(y * width, (y + 1) * width), (y + REACH) * bordered.width + REACH);
	}
	return bordered;
}

function removeBorder(bordered: FloatImage, { width, height }: FloatImage): FloatImage {
	const image = createFloatImage(width, height);
	for (let y = 0; y < height; y++) {
		const start = (y + REACH) * bordered.width + REACH;
		image.data.set(bordered.data.subarray(start, start + width), y * width);
	}
	return image;
}
