import type { FloatImage } from '../images/float-image.ts';
import { CELL, type CellGrid } from './cell-grid.ts';
import { ORIENTATIONS } from './filter-bank.ts';
import { TILE } from './filter-kernel.ts';
import { FilterMemory } from './filter-memory.ts';
import { type OrientationField, orientationAt, sampleCells } from './orientation.ts';
import type { RidgePeriods } from './ridge-period.ts';

/** Created for the first image of the thread. */
let memory: FilterMemory | undefined;

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
	memory ??= new FilterMemory();
	memory.load(ridges, isPeriodic.columns * CELL, isPeriodic.rows * CELL);
	const { bank } = memory;
	const tiles = planTiles(field, periods, isPeriodic);
	for (const { x, y, orientation } of tiles) memory.smooth(bank.along(orientation), x, y);
	for (const { x, y, orientation, period } of tiles) memory.filter(bank.across(orientation, period), x, y);
	return memory.result(ridges.width, ridges.height);
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
