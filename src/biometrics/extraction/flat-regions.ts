import type { FloatImage } from '../images/float-image.ts';
import { createBytes } from '../images/reused-memory.ts';

/** Half side of the square around a pixel that must be uniform, working pixels. */
const FLAT_RADIUS = 2;
/** Grey levels; the largest range of a uniform square. The noise of a live sensor exceeds it. */
export const FLAT_RANGE = 3;
/** Grey levels; a region stays this close to its first pixel, so that it does not follow uneven lighting into the finger. */
const REGION_RANGE = 2 * FLAT_RANGE;
/** Smaller regions at the border of the image are valleys that end there, pixels. */
const MIN_REGION = 60;
/** Side of tiles and blocks, pixels: the square around any pixel of a block lies within the two by two tiles around the block's centre. */
const TILE = 2 * FLAT_RADIUS;

function hasFlatBorder(image: FloatImage): boolean {
	const { width, height } = image;
	for (let x = 0; x < width; x++) if (isFlat(image, x, 0) || isFlat(image, x, height - 1)) return true;
	for (let y = 0; y < height; y++) if (isFlat(image, 0, y) || isFlat(image, width - 1, y)) return true;
	return false;
}

/** Returns whether the square around a pixel, clipped at the border, is uniform. */
function isFlat({ width, height, data }: FloatImage, x: number, y: number): boolean {
	const right = Math.min(x + FLAT_RADIUS, width - 1);
	const bottom = Math.min(y + FLAT_RADIUS, height - 1);
	let min = Number.POSITIVE_INFINITY;
	let max = Number.NEGATIVE_INFINITY;
	for (let py = Math.max(y - FLAT_RADIUS, 0); py <= bottom; py++) {
		for (let i = py * width + Math.max(x - FLAT_RADIUS, 0); i <= py * width + right; i++) {
			if (data[i]! < min) min = data[i]!;
			if (data[i]! > max) max = data[i]!;
		}
		if (max - min > FLAT_RANGE) return false;
	}
	return true;
}

/** Uniform regions that touch the border of the image. */
export interface FlatRegions {
	/** 1 inside a region. */
	readonly mask: Uint8Array;
	readonly regions: readonly FlatRegion[];
}

/** Indices of pixels in the image. */
export interface FlatRegion {
	readonly pixels: PixelList;
	/** The pixels beside live ones. */
	readonly edge: readonly number[];
}

/** Finds the uniform regions at the border of an image; returns at once when no square at the border is uniform. */
export function findFlatRegions(image: FloatImage): FlatRegions {
	const { width, height } = image;
	const mask = createBytes(width * height);
	if (!hasFlatBorder(image)) return { mask, regions: [] };
	const search: Search = { image, blocks: findFlatBlocks(image), marks: createBytes(width * height) };
	const regions: FlatRegion[] = [];
	for (const start of borderPixels(width, height)) {
		if (isTaken(search, start) || !isFlat(image, start % width, Math.floor(start / width))) continue;
		const { pixels, count, rim } = flood(search, start);
		if (count < MIN_REGION) continue;
		setPixels(mask, pixels, image);
		const added = addSquares(search, mask, rim);
		const edge = rim.concat(added).filter((pixel) => hasLiveNeighbour(mask, pixel, width));
		regions.push({ pixels: pixels.concat(added), edge });
	}
	return { mask, regions };
}

/** Pixels by their index, and blocks by the inverse (`~`) of theirs, which is negative. */
type PixelList = readonly number[];

/** Sets the bytes of these pixels to 1. */
export function setPixels(target: Uint8Array, pixels: PixelList, image: FloatImage): void {
	for (const entry of pixels) {
		if (entry >= 0) target[entry] = 1;
		else setBlock(target, blockBounds(~entry, image), image.width);
	}
}

function isTaken({ image, blocks, marks }: Search, pixel: number): boolean {
	return marks[pixel] === SEEN || blocks.state[blockOf(pixel, image.width, blocks.columns)] === TAKEN;
}

function borderPixels(width: number, height: number): Int32Array {
	const pixels = new Int32Array(2 * (width + height));
	for (let x = 0; x < width; x++) {
		pixels[2 * x] = x;
		pixels[2 * x + 1] = (height - 1) * width + x;
	}
	for (let y = 0; y < height; y++) {
		pixels[2 * (width + y)] = y * width;
		pixels[2 * (width + y) + 1] = (y + 1) * width - 1;
	}
	return pixels;
}

/** A pixel that was assigned to a region. */
const SEEN = 1;
/** A pixel that is not in a uniform square; it is tested once, although up to four neighbours reach it. */
const UNEVEN = 2;

/** The state of the search for regions. */
interface Search {
	readonly image: FloatImage;
	readonly blocks: FlatBlocks;
	/** SEEN or UNEVEN for single pixels; those of whole blocks are found by the state of the block. */
	readonly marks: Uint8Array;
}

/** Some pixels of the block are not in a uniform square, or were seen. */
const MIXED = 0;
/** Every pixel of the block is in a uniform square and none was seen. */
const FREE = 1;
/** The whole block belongs to a region. */
const TAKEN = 2;

/** Squares of pixels, shifted by half a tile against the tiles, so that the first ones of a row or column have half the size. */
interface FlatBlocks {
	/** Blocks per row. */
	readonly columns: number;
	/** FREE, TAKEN or MIXED for each block. */
	readonly state: Uint8Array;
	/** The lowest and the highest grey level in and around the block. */
	readonly low: Float32Array;
	readonly high: Float32Array;
}

/** Finds the blocks with uniform tiles around them, so that most pixels need no other test. */
function findFlatBlocks(image: FloatImage): FlatBlocks {
	const tiles = rangeOfTiles(image);
	const columns = tiles.columns + 1;
	const size = columns * (tiles.rows + 1);
	const blocks = { columns, state: new Uint8Array(size), low: new Float32Array(size), high: new Float32Array(size) };
	for (let row = 0, block = 0; row <= tiles.rows; row++) {
		const upper = Math.max(row - 1, 0) * tiles.columns;
		const lower = Math.min(row, tiles.rows - 1) * tiles.columns;
		for (let column = 0; column <= tiles.columns; column++, block++) {
			const left = Math.max(column - 1, 0);
			const right = Math.min(column, tiles.columns - 1);
			const { low, high } = tiles;
			const min = Math.min(low[upper + left]!, low[upper + right]!, low[lower + left]!, low[lower + right]!);
			const max = Math.max(high[upper + left]!, high[upper + right]!, high[lower + left]!, high[lower + right]!);
			blocks.low[block] = min;
			blocks.high[block] = max;
			blocks.state[block] = max - min <= FLAT_RANGE ? FREE : MIXED;
		}
	}
	return blocks;
}

interface Bounds {
	readonly left: number;
	readonly top: number;
	/** The first column and row beyond the block. */
	readonly right: number;
	readonly bottom: number;
}

function blockBounds(block: number, { width, height }: FloatImage): Bounds {
	const columns = Math.ceil(width / TILE) + 1;
	const left = (block % columns) * TILE - FLAT_RADIUS;
	const top = Math.floor(block / columns) * TILE - FLAT_RADIUS;
	return {
		left: Math.max(left, 0),
		top: Math.max(top, 0),
		right: Math.min(left + TILE, width),
		bottom: Math.min(top + TILE, height),
	};
}

function blockOf(pixel: number, width: number, columns: number): number {
	const row = Math.floor((Math.floor(pixel / width) + FLAT_RADIUS) / TILE);
	return row * columns + Math.floor(((pixel % width) + FLAT_RADIUS) / TILE);
}

function setBlock(target: Uint8Array, { left, top, right, bottom }: Bounds, width: number): void {
	for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) target[y * width + x] = 1;
}

/** Returns the lowest and the highest grey level of each tile. */
function rangeOfTiles({ width, height, data }: FloatImage) {
	const columns = Math.ceil(width / TILE);
	const rows = Math.ceil(height / TILE);
	const low = new Float32Array(columns * rows).fill(Number.POSITIVE_INFINITY);
	const high = new Float32Array(columns * rows).fill(Number.NEGATIVE_INFINITY);
	for (let y = 0; y < height; y++) {
		let tile = Math.floor(y / TILE) * columns;
		for (let x = 0; x < width; tile++) {
			let min = low[tile]!;
			let max = high[tile]!;
			for (const end = Math.min(x + TILE, width); x < end; x++) {
				const grey = data[y * width + x]!;
				if (grey < min) min = grey;
				if (grey > max) max = grey;
			}
			low[tile] = min;
			high[tile] = max;
		}
	}
	return { columns, rows, low, high };
}

/** The connected uniform pixels that a flood reached. */
interface Flooded {
	readonly pixels: number[];
	/** Number of pixels, those of blocks included. */
	count: number;
	/** The outermost pixels. */
	readonly rim: number[];
}

/**
 * Collects the connected uniform pixels from `start` on, as whole blocks where possible. It continues from the end of a row to
 * the start of the next, which only joins regions that touch the border anyway.
 */
function flood(search: Search, start: number): Flooded {
	const { width } = search.image;
	const level = search.image.data[start]!;
	const flooded: Flooded = { pixels: [], count: 0, rim: [] };
	reach(search, flooded, start, level);
	for (let i = 0; i < flooded.pixels.length; i++) {
		const entry = flooded.pixels[i]!;
		if (entry < 0) floodFromBlock(search, flooded, ~entry, level);
		else {
			const [left, right] = [reach(search, flooded, entry - 1, level), reach(search, flooded, entry + 1, level)];
			const above = reach(search, flooded, entry - width, level);
			const below = reach(search, flooded, entry + width, level);
			if (!(left && right && above && below)) flooded.rim.push(entry);
		}
	}
	return flooded;
}

/** Continues from the sides of a block. */
function floodFromBlock(search: Search, flooded: Flooded, block: number, level: number): void {
	const { image, blocks } = search;
	const { width } = image;
	const { left, top, right, bottom } = blockBounds(block, image);
	// Sides of the image are left to `reach`, which continues in the next row there.
	const isLeftDone = left > 0 && reachBlock(search, flooded, block - 1, level);
	const isRightDone = right < width && reachBlock(search, flooded, block + 1, level);
	const isTopDone = top === 0 || reachBlock(search, flooded, block - blocks.columns, level);
	const isBottomDone = bottom === image.height || reachBlock(search, flooded, block + blocks.columns, level);
	if (isLeftDone && isRightDone && isTopDone && isBottomDone) return;
	for (let y = top; y < bottom; y++) {
		for (let x = left; x < right; x++) {
			const pixel = y * width + x;
			let isInner = true;
			if (x === left && !isLeftDone) isInner = reach(search, flooded, pixel - 1, level) && isInner;
			if (x === right - 1 && !isRightDone) isInner = reach(search, flooded, pixel + 1, level) && isInner;
			if (y === top && !isTopDone) isInner = reach(search, flooded, pixel - width, level) && isInner;
			if (y === bottom - 1 && !isBottomDone) isInner = reach(search, flooded, pixel + width, level) && isInner;
			if (!isInner) flooded.rim.push(pixel);
		}
	}
}

/** Adds a block if all of it is uniform and close to the level. @returns whether the whole block belongs to a region */
function reachBlock({ image, blocks }: Search, flooded: Flooded, block: number, level: number): boolean {
	const state = blocks.state[block]!;
	if (state !== FREE) return state === TAKEN;
	if (blocks.low[block]! < level - REGION_RANGE || blocks.high[block]! > level + REGION_RANGE) return false;
	const { left, top, right, bottom } = blockBounds(block, image);
	blocks.state[block] = TAKEN;
	flooded.pixels.push(~block);
	flooded.count += (right - left) * (bottom - top);
	return true;
}

/** Adds a pixel, or its whole block, if it is uniform and close to the level. @returns whether it belongs to a region, or lies beyond the image */
function reach(search: Search, flooded: Flooded, pixel: number, level: number): boolean {
	const { image, blocks, marks } = search;
	const { width, data } = image;
	if (pixel < 0 || pixel >= data.length || marks[pixel] === SEEN) return true;
	if (marks[pixel] === UNEVEN) return false;
	const block = blockOf(pixel, width, blocks.columns);
	if (blocks.state[block] === TAKEN) return true;
	if (Math.abs(data[pixel]! - level) > REGION_RANGE) return false;
	if (reachBlock(search, flooded, block, level)) return true;
	if (!isFlat(image, pixel % width, Math.floor(pixel / width))) {
		marks[pixel] = UNEVEN;
		return false;
	}
	marks[pixel] = SEEN;
	flooded.pixels.push(pixel);
	flooded.count++;
	blocks.state[block] = MIXED;
	return true;
}

/** Adds to the mask the squares of `isFlat` around the outermost pixels of a region. @returns the added pixels */
function addSquares({ image, blocks, marks }: Search, mask: Uint8Array, rim: readonly number[]): number[] {
	const { width, height } = image;
	const added: number[] = [];
	for (const pixel of rim) {
		const x = pixel % width;
		const y = Math.floor(pixel / width);
		const right = Math.min(x + FLAT_RADIUS, width - 1);
		const bottom = Math.min(y + FLAT_RADIUS, height - 1);
		for (let py = Math.max(y - FLAT_RADIUS, 0); py <= bottom; py++) {
			for (let i = py * width + Math.max(x - FLAT_RADIUS, 0); i <= py * width + right; i++) {
				if (mask[i] === 1) continue;
				mask[i] = 1;
				marks[i] = SEEN;
				const block = blockOf(i, width, blocks.columns);
				if (blocks.state[block] === FREE) blocks.state[block] = MIXED;
				added.push(i);
			}
		}
	}
	return added;
}

function hasLiveNeighbour(mask: Uint8Array, pixel: number, width: number): boolean {
	for (let side = 0; side < SIDES; side++) if (mask[neighbour(pixel, side, width, mask.length)] === 0) return true;
	return false;
}

/** Neighbours of a pixel that share a side with it. */
export const SIDES = 4;

/** Returns the pixel to the left, to the right, above or below; -1 beyond the border of the image. */
export function neighbour(pixel: number, side: number, width: number, length: number): number {
	if (side === 0) return pixel % width === 0 ? -1 : pixel - 1;
	if (side === 1) return (pixel + 1) % width === 0 ? -1 : pixel + 1;
	if (side === 2) return pixel - width;
	return pixel + width < length ? pixel + width : -1;
}
