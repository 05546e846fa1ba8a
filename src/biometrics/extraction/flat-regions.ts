import type { FloatImage } from '../images/float-image.ts';

/** Half side of the square around a pixel that must be uniform, working pixels. */
const FLAT_RADIUS = 2;
/** Grey levels; the largest range of a uniform square. The noise of a live sensor exceeds it. */
export const FLAT_RANGE = 3;
/** Grey levels; a region stays this close to its first pixel, so that it does not follow uneven lighting into the finger. */
const REGION_RANGE = 2 * FLAT_RANGE;
/** Smaller regions at the border of the image are valleys that end there, pixels. */
const MIN_REGION = 60;
/** Side of the tiles whose range is computed first, pixels: the square around a pixel lies within two by two tiles. */
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
interface FlatRegion {
	readonly pixels: Int32Array;
	/** The pixels beside live ones. */
	readonly edge: readonly number[];
}

/** Finds the uniform regions at the border of an image; returns at once when no square at the border is uniform. */
export function findFlatRegions(image: FloatImage): FlatRegions {
	const { width, height } = image;
	const mask = new Uint8Array(width * height);
	if (!hasFlatBorder(image)) return { mask, regions: [] };
	const states = findFlatTiles(image);
	const pixels = new Int32Array(width * height);
	const regions: FlatRegion[] = [];
	let free = pixels;
	for (const start of borderPixels(width, height)) {
		if (states[start] === SEEN || !isFlat(image, start % width, Math.floor(start / width))) continue;
		const rim: number[] = [];
		const count = flood(image, states, start, { pixels: free, rim });
		if (count < MIN_REGION) continue;
		for (let i = 0; i < count; i++) mask[free[i]!] = 1;
		const added = addSquares(image, { mask, states, rim });
		free.set(added, count);
		const end = count + added.length;
		const edge = rim.concat(added).filter((pixel) => hasLiveNeighbour(mask, pixel, width));
		regions.push({ pixels: free.subarray(0, end), edge });
		free = free.subarray(end);
	}
	return { mask, regions };
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

/** States of a pixel during the search; 0 is unknown. */
const FLAT = 1;
const SEEN = 2;

/** Returns FLAT where the four tiles around the square of a pixel are uniform, so that most pixels need no other test, else 0. */
function findFlatTiles(image: FloatImage): Uint8Array {
	const { width, height } = image;
	const { columns, rows, low, high } = rangeOfTiles(image);
	const states = new Uint8Array(width * height);
	for (let row = 0; row <= rows; row++) {
		const upper = Math.max(row - 1, 0) * columns;
		const lower = Math.min(row, rows - 1) * columns;
		for (let column = 0; column <= columns; column++) {
			const left = Math.max(column - 1, 0);
			const right = Math.min(column, columns - 1);
			const min = Math.min(low[upper + left]!, low[upper + right]!, low[lower + left]!, low[lower + right]!);
			const max = Math.max(high[upper + left]!, high[upper + right]!, high[lower + left]!, high[lower + right]!);
			if (max - min > FLAT_RANGE) continue;
			const x = Math.max(column * TILE - FLAT_RADIUS, 0);
			const end = Math.min(column * TILE + FLAT_RADIUS, width);
			for (let y = Math.max(row * TILE - FLAT_RADIUS, 0); y < Math.min(row * TILE + FLAT_RADIUS, height); y++) {
				for (let i = y * width + x; i < y * width + end; i++) states[i] = FLAT;
			}
		}
	}
	return states;
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

/**
 * Collects the connected uniform pixels from `start` on. It continues from the end of a row to the start of the next, which
 * only joins regions that touch the border anyway.
 *
 * @returns how many there are
 */
function flood(
	image: FloatImage,
	states: Uint8Array,
	start: number,
	{ pixels, rim }: { readonly pixels: Int32Array; readonly rim: number[] },
): number {
	const { width, data } = image;
	const level = data[start]!;
	const sides = [-1, 1, -width, width];
	let count = 1;
	pixels[0] = start;
	states[start] = SEEN;
	for (let i = 0; i < count; i++) {
		const pixel = pixels[i]!;
		let isRim = false;
		for (let side = 0; side < SIDES; side++) {
			const next = pixel + sides[side]!;
			if (next < 0 || next >= data.length || states[next] === SEEN) continue;
			const isSimilar = Math.abs(data[next]! - level) <= REGION_RANGE;
			if (isSimilar && (states[next] === FLAT || isFlat(image, next % width, Math.floor(next / width)))) {
				states[next] = SEEN;
				pixels[count++] = next;
			} else isRim = true;
		}
		if (isRim) rim.push(pixel);
	}
	return count;
}

/** Adds to the mask the squares of `isFlat` around the outermost pixels of a region. @returns the added pixels */
function addSquares(
	{ width, height }: FloatImage,
	{ mask, states, rim }: { readonly mask: Uint8Array; readonly states: Uint8Array; readonly rim: readonly number[] },
): number[] {
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
				states[i] = SEEN;
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
