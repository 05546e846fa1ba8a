import type { GreyImage } from '../images/grey-image.ts';
import { createBytes } from '../images/reused-memory.ts';
import { CELL } from './cell-grid.ts';
import { STRIDE } from './ridge-period.ts';

/** Grey levels; the largest range of a tile that shows no ridges. */
const EMPTY_RANGE = 6;
/** Side of the tiles, pixels. Whole tiles are cut off, so that the cells whose ridge period is measured stay the same. */
const TILE = STRIDE * CELL;
/** Tiles around the content that are kept: as far as the local mean and the filters read. */
const MARGIN = 2;

/** A part of an image. */
export interface Crop {
	readonly image: GreyImage;
	/** Position in the whole image, pixels. */
	readonly left: number;
	readonly top: number;
}

/**
 * Cuts off the empty tiles around the content of an image. Many readers have a window that is larger than a finger, and every
 * later stage takes a time proportional to the number of pixels.
 */
export function cropToContent(image: GreyImage): Crop {
	const columns = Math.ceil(image.width / TILE);
	const rows = Math.ceil(image.height / TILE);
	const isEmptyRow = (row: number) => every(0, columns, (column) => isEmpty(image, column, row));
	const firstRow = firstOf(rows, (row) => !isEmptyRow(row));
	if (firstRow === rows) return { image, left: 0, top: 0 };
	const lastRow = rows - 1 - firstOf(rows, (row) => !isEmptyRow(rows - 1 - row));
	const isEmptyColumn = (column: number) => every(firstRow, lastRow + 1, (row) => isEmpty(image, column, row));
	const firstColumn = firstOf(columns, (column) => !isEmptyColumn(column));
	const lastColumn = columns - 1 - firstOf(columns, (column) => !isEmptyColumn(columns - 1 - column));
	const left = Math.max(firstColumn - MARGIN, 0) * TILE;
	const top = Math.max(firstRow - MARGIN, 0) * TILE;
	const width = Math.min((lastColumn + 1 + MARGIN) * TILE, image.width) - left;
	const height = Math.min((lastRow + 1 + MARGIN) * TILE, image.height) - top;
	if (width === image.width && height === image.height) return { image, left: 0, top: 0 };
	const data = createBytes(width * height);
	for (let y = 0; y < height; y++) {
		const start = (top + y) * image.width + left;
		data.set(image.data.subarray(start, start + width), y * width);
	}
	return { image: { ...image, width, height, data }, left, top };
}

/** Returns the first index for which the condition holds, or the length. */
function firstOf(length: number, holds: (index: number) => boolean): number {
	let index = 0;
	while (index < length && !holds(index)) index++;
	return index;
}

function every(start: number, end: number, holds: (index: number) => boolean): boolean {
	for (let index = start; index < end; index++) if (!holds(index)) return false;
	return true;
}

/** Returns whether a tile shows no ridges. */
function isEmpty({ width, height, data }: GreyImage, column: number, row: number): boolean {
	const right = Math.min((column + 1) * TILE, width);
	const bottom = Math.min((row + 1) * TILE, height);
	let min = 255;
	let max = 0;
	for (let y = row * TILE; y < bottom; y++) {
		for (let x = column * TILE; x < right; x++) {
			const grey = data[y * width + x]!;
			if (grey < min) min = grey;
			if (grey > max) max = grey;
		}
		if (max - min > EMPTY_RANGE) return false;
	}
	return true;
}
