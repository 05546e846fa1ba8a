import { angleBetween, normaliseAngle } from './angle.ts';
import type { MinutiaArrays } from './minutia-arrays.ts';

/**
 * Descriptors of the neighbourhoods of all minutiae. A descriptor is relative to its minutia, so that it does not depend on
 * the position and rotation of the finger. 32 cells fill the disc around the minutia, for each of 6 relative directions. A
 * bit is set if a neighbour is close to the cell in position and direction: one 32-bit word per direction, one bit per cell.
 *
 * This is a simplified Minutia Cylinder-Code with cells on a spiral instead of a square grid, and a hard limit instead of
 * Gaussians.
 *
 * @see R. Cappelli, M. Ferrara, D. Maltoni, "Minutia Cylinder-Code: a new representation and matching technique for
 *   fingerprint recognition", IEEE Trans. Pattern Analysis and Machine Intelligence 32(12), 2010
 */
export interface MinutiaDescriptors {
	/** `count * DIRECTIONS` words. */
	readonly words: Int32Array;
	/** Square root of the number of bits set, for each minutia. */
	readonly norm: Float64Array;
}

/** Number of relative directions, which is the number of words per minutia. */
export const DIRECTIONS = 6;

const CELLS = 32;
/** Radius of the neighbourhood, pixels; about nine ridges. */
const DISC_RADIUS = 80;
/** Distance in pixels within which a neighbour of the same direction sets a cell's bit. */
const NEIGHBOUR_RADIUS = 16;
/** Difference of direction in radians within which a neighbour at the centre of a cell sets its bit. */
const DIRECTION_TOLERANCE = 1.2;
const TURN = 2 * Math.PI;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/** Centres of the cells on a sunflower spiral, which spreads any number of points evenly over a disc. */
const CELL_X = Float64Array.from({ length: CELLS }, (_, cell) => cellRadius(cell) * Math.cos(cell * GOLDEN_ANGLE));
const CELL_Y = Float64Array.from({ length: CELLS }, (_, cell) => cellRadius(cell) * Math.sin(cell * GOLDEN_ANGLE));

/** Computes the descriptor of every minutia; the time grows with the square of their number. */
export function describeMinutiae(minutiae: MinutiaArrays): MinutiaDescriptors {
	const { count } = minutiae;
	const words = new Int32Array(count * DIRECTIONS);
	for (let centre = 0; centre < count; centre++) {
		for (let other = 0; other < count; other++) {
			if (other !== centre) addNeighbour(words, minutiae, centre, other);
		}
	}
	return { words, norm: Float64Array.from({ length: count }, (_, centre) => Math.sqrt(countBits(words, centre))) };
}

function addNeighbour(words: Int32Array, { x, y, angle }: MinutiaArrays, centre: number, other: number): void {
	const dx = x[other]! - x[centre]!;
	const dy = y[other]! - y[centre]!;
	if (Math.hypot(dx, dy) > DISC_RADIUS + NEIGHBOUR_RADIUS) return;
	const cos = Math.cos(angle[centre]!);
	const sin = Math.sin(angle[centre]!);
	const along = dx * cos + dy * sin;
	const across = dy * cos - dx * sin;
	const turn = normaliseAngle(angle[other]! - angle[centre]!);
	for (let direction = 0; direction < DIRECTIONS; direction++) {
		const deviation = angleBetween(turn, (direction * TURN) / DIRECTIONS) / DIRECTION_TOLERANCE;
		if (deviation >= 1) continue;
		const radiusSquared = NEIGHBOUR_RADIUS * NEIGHBOUR_RADIUS * (1 - deviation * deviation);
		words[centre * DIRECTIONS + direction]! |= cellsWithin(along, across, radiusSquared);
	}
}

/** Returns one bit for each cell nearer than the square root of `radiusSquared`. */
function cellsWithin(along: number, across: number, radiusSquared: number): number {
	let bits = 0;
	for (let cell = 0; cell < CELLS; cell++) {
		const dx = along - CELL_X[cell]!;
		const dy = across - CELL_Y[cell]!;
		if (dx * dx + dy * dy < radiusSquared) bits |= 1 << cell;
	}
	return bits;
}

function countBits(words: Int32Array, minutia: number): number {
	const own = words.subarray(minutia * DIRECTIONS, (minutia + 1) * DIRECTIONS);
	return own.reduce((sum, word) => sum + sumNibbles(countNibbles(word)), 0);
}

/** Returns, for each nibble of a 32-bit word, how many of its bits are set. */
export function countNibbles(word: number): number {
	const pairs = word - ((word >>> 1) & 0x55555555);
	return (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
}

/** Returns the sum of the eight nibbles of a word. */
export function sumNibbles(nibbles: number): number {
	const bytes = (nibbles & 0x0f0f0f0f) + ((nibbles >>> 4) & 0x0f0f0f0f);
	return Math.imul(bytes, 0x01010101) >>> 24;
}

function cellRadius(cell: number): number {
	return DISC_RADIUS * Math.sqrt((cell + 0.5) / CELLS);
}
