import { type Bitmap, createBitmap, type FloatImage } from '../images/float-image.ts';
import { CELL, type CellGrid, cellsFor, createCells } from './cell-grid.ts';

/** Half side of the square around a pixel that must be uniform, working pixels. */
const FLAT_RADIUS = 2;
/** Grey levels; the largest range of a uniform square. The noise of a live sensor exceeds it. */
const FLAT_RANGE = 3;
/** Grey levels; a region stays this close to its first pixel, so that it does not follow uneven lighting into the finger. */
const REGION_RANGE = 2 * FLAT_RANGE;
/** Smaller regions at the border of the image are valleys that end there, pixels. */
const MIN_REGION = 60;
/** Side of the tiles whose range is computed first, pixels: the square around a pixel lies within two by two tiles. */
const TILE = 2 * FLAT_RADIUS;
/** Cells with fewer live pixels in every second row do not count for the contrast of the finger. */
const MIN_LIVE_PIXELS = (CELL * CELL) / 4;
/** Grey levels; an image with less contrast shows no finger that an edge could cut. */
const MIN_CONTRAST = 4;
/** A step into the dead area is hard from this share of the contrast of the finger: a finger that fades has smaller steps. */
const HARD_STEP_SHARE = 0.7;
/** Share of the edge pixels nearby that must be hard where a window cuts the ridges; in between, it cuts valleys of the same grey. */
const CUT_SHARE = 0.3;
/** Fewer hard edge pixels nearby are specks. */
const MIN_HARD_PIXELS = 5;
/** Share of the edge of a region that must be cut, so that all of it lies outside the window. */
const OUTSIDE_SHARE = 0.7;
/** Cells; a region that is cut only in places is dead up to this distance from them: as far as any filter reads. */
const DEAD_REACH = 3;

/**
 * Finds the dead area: pixels outside the window of the sensor, where a uniform area at the border of the image cuts ridges at
 * full contrast. The shape and the grey level do not matter. A uniform background into which the finger fades is not dead,
 * because ridges that end there end on the finger.
 *
 * @param edgeWidth pixels over which the edge of the window is blurred; 1 if the image was not rescaled
 * @returns 1 for dead pixels; undefined if there are none
 */
export function findDeadArea(image: FloatImage, edgeWidth = 1): Bitmap | undefined {
	if (!hasFlatBorder(image)) return undefined;
	const flat = findFlatRegions(image);
	if (flat.regions.length === 0) return undefined;
	const cut = findCutCells(measureEdge(image, flat, edgeWidth));
	return cut && keepDead(image, flat, cut);
}

/** Returns whether a dead pixel lies within this distance. @param distance pixels */
export function isNearDead({ width, height, data }: Bitmap, x: number, y: number, distance: number): boolean {
	for (let py = Math.max(y - distance, 0); py <= Math.min(y + distance, height - 1); py++) {
		const half = Math.floor(Math.sqrt(distance ** 2 - (py - y) ** 2));
		const end = py * width + Math.min(x + half, width - 1);
		for (let i = py * width + Math.max(x - half, 0); i <= end; i++) if (data[i] === 1) return true;
	}
	return false;
}

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
interface FlatRegions {
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

function findFlatRegions(image: FloatImage): FlatRegions {
	const { width, height } = image;
	const mask = new Uint8Array(width * height);
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

const SIDES = 4;

/** Returns the pixel to the left, to the right, above or below; -1 beyond the border of the image. */
function neighbour(pixel: number, side: number, width: number, length: number): number {
	if (side === 0) return pixel % width === 0 ? -1 : pixel - 1;
	if (side === 1) return (pixel + 1) % width === 0 ? -1 : pixel + 1;
	if (side === 2) return pixel - width;
	return pixel + width < length ? pixel + width : -1;
}

/** The edge of all regions. */
interface EdgeCounts {
	/** How many edge pixels lie in each cell. */
	readonly all: CellGrid;
	/** How many of those have a step like that between a ridge and a valley. */
	readonly hard: CellGrid;
}

function measureEdge(image: FloatImage, { mask, regions }: FlatRegions, edgeWidth: number): EdgeCounts {
	const counts = { all: cellsFor(image), hard: cellsFor(image) };
	const contrast = liveContrast(image, mask);
	if (contrast < MIN_CONTRAST) return counts;
	for (const { edge } of regions) {
		for (const pixel of edge) {
			const step = stepAt(image, mask, pixel, edgeWidth);
			const cell = cellOf(pixel, image.width, counts.all.columns);
			if (step > FLAT_RANGE) counts.all.data[cell]!++;
			if (step >= HARD_STEP_SHARE * contrast) counts.hard.data[cell]!++;
		}
	}
	return counts;
}

/** Returns the contrast of clear ridges: the standard deviation of the live pixels of a cell, 90th percentile. */
function liveContrast({ width, height, data }: FloatImage, mask: Uint8Array): number {
	const [counts, sums, squares] = [
		cellsFor({ width, height }),
		cellsFor({ width, height }),
		cellsFor({ width, height }),
	];
	// Every second row is enough.
	for (let y = 0; y < height; y += 2) {
		const row = Math.floor(y / CELL) * counts.columns;
		for (let x = 0; x < width; ) {
			const cell = row + Math.floor(x / CELL);
			let [count, sum, square] = [0, 0, 0];
			for (const end = Math.min(x + CELL, width); x < end; x++) {
				if (mask[y * width + x] === 1) continue;
				const grey = data[y * width + x]!;
				count++;
				sum += grey;
				square += grey * grey;
			}
			counts.data[cell]! += count;
			sums.data[cell]! += sum;
			squares.data[cell]! += square;
		}
	}
	const variances = squares.data
		.map((square, i) => square / counts.data[i]! - (sums.data[i]! / counts.data[i]!) ** 2)
		.filter((_, i) => counts.data[i]! >= MIN_LIVE_PIXELS)
		.sort();
	return Math.sqrt(Math.max(variances[Math.floor(variances.length * 0.9)] ?? 0, 0));
}

/** Returns the largest step in grey from a pixel of a region to the live pixels beside it; 0 inside the region. */
function stepAt({ width, data }: FloatImage, mask: Uint8Array, pixel: number, edgeWidth: number): number {
	let largest = 0;
	for (let side = 0; side < SIDES; side++) {
		let next = neighbour(pixel, side, width, data.length);
		for (let distance = 0; distance < edgeWidth && next >= 0 && mask[next] === 0; distance++) {
			largest = Math.max(largest, Math.abs(data[next]! - data[pixel]!));
			next = neighbour(next, side, width, data.length);
		}
	}
	return largest;
}

function cellOf(pixel: number, width: number, columns: number): number {
	return Math.floor(pixel / width / CELL) * columns + Math.floor((pixel % width) / CELL);
}

/** Returns 1 for the cells in which the edge of a region cuts ridges; undefined if there are none. */
function findCutCells({ all, hard }: EdgeCounts): CellGrid | undefined {
	const edgeNearby = sumNearby(all, 1);
	const hardNearby = sumNearby(hard, 1);
	const data = all.data.map((count, i) =>
		count > 0 && hardNearby.data[i]! >= Math.max(MIN_HARD_PIXELS, CUT_SHARE * edgeNearby.data[i]!) ? 1 : 0,
	);
	return data.includes(1) ? { ...all, data } : undefined;
}

/** Returns the sum over the cells up to this distance in both directions. @param reach cells */
function sumNearby({ columns, rows, data }: CellGrid, reach: number): CellGrid {
	const sums = createCells(columns, rows);
	for (let cell = 0; cell < data.length; cell++) {
		if (data[cell] === 0) continue;
		const column = cell % columns;
		const row = Math.floor(cell / columns);
		for (let v = Math.max(row - reach, 0); v <= Math.min(row + reach, rows - 1); v++) {
			for (let u = Math.max(column - reach, 0); u <= Math.min(column + reach, columns - 1); u++) {
				sums.data[v * columns + u]! += data[cell]!;
			}
		}
	}
	return sums;
}

/** Keeps regions outside the window, and what lies near a cut of the others. */
function keepDead({ width, height }: FloatImage, { mask, regions }: FlatRegions, cut: CellGrid): Bitmap {
	const dead = createBitmap(width, height);
	const near = sumNearby(cut, DEAD_REACH);
	for (let y = 0; y < height; y++) {
		const row = Math.floor(y / CELL) * near.columns;
		for (let column = 0; column < near.columns; column++) {
			if (near.data[row + column] === 0) continue;
			const end = y * width + Math.min((column + 1) * CELL, width);
			for (let i = y * width + column * CELL; i < end; i++) dead.data[i] = mask[i]!;
		}
	}
	for (const { pixels, edge } of regions) {
		const cutEdge = edge.filter((pixel) => cut.data[cellOf(pixel, width, cut.columns)] === 1);
		if (cutEdge.length > OUTSIDE_SHARE * edge.length) for (const pixel of pixels) dead.data[pixel] = 1;
	}
	return dead;
}
