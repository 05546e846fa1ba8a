import { type Bitmap, createBitmap, type FloatImage } from '../images/float-image.ts';
import { CELL, type CellGrid, cellsFor, createCells } from './cell-grid.ts';
import { FLAT_RANGE, type FlatRegions, findFlatRegions, neighbour, SIDES, setPixels } from './flat-regions.ts';

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
function keepDead(image: FloatImage, { mask, regions }: FlatRegions, cut: CellGrid): Bitmap {
	const { width, height } = image;
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
		if (cutEdge.length > OUTSIDE_SHARE * edge.length) setPixels(dead.data, pixels, image);
	}
	return dead;
}
