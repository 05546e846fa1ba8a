import type { MinutiaArrays } from './minutia-arrays.ts';

/** A rotation followed by a shift, which maps one template onto another. */
export interface Alignment {
	/** Radians counter-clockwise. */
	readonly rotation: number;
	readonly cos: number;
	readonly sin: number;
	readonly shiftX: number;
	readonly shiftY: number;
	/** The point of the other template where the alignment is most reliable: distortion of the skin grows with the distance from it. */
	readonly centreX: number;
	readonly centreY: number;
}

/** Which minutiae of two aligned templates correspond. */
export interface Pairing {
	/** How well each minutia of the first template agrees with its partner, 0..1; 0 if it has no partner. */
	readonly weight: ArrayLike<number>;
	/** The index of the partner in the second template; meaningless where the weight is 0. */
	readonly partner: ArrayLike<number>;
	/** Sum of the weights. */
	readonly total: number;
}

/** Weight of directions in the fit of the rotation: each counts as much as a second point this many pixels away. */
const ANGLE_WEIGHT_PIXELS = 20;

/** Returns the x coordinate of the aligned point (x, y). */
export function alignedX({ cos, sin, shiftX }: Alignment, x: number, y: number): number {
	return x * cos - y * sin + shiftX;
}

/** Returns the y coordinate of the aligned point (x, y). */
export function alignedY({ cos, sin, shiftY }: Alignment, x: number, y: number): number {
	return x * sin + y * cos + shiftY;
}

/** Returns the alignment that maps minutia `i` of `a` exactly onto minutia `j` of `b`, including its direction. */
export function alignPair(a: MinutiaArrays, i: number, b: MinutiaArrays, j: number): Alignment {
	return rotateOnto(b.angle[j]! - a.angle[i]!, a.x[i]!, a.y[i]!, b.x[j]!, b.y[j]!);
}

/**
 * Returns the alignment with the least weighted squared distance between partners; their directions count as well.
 *
 * @param pairing must contain at least one pair
 * @see S. Umeyama, "Least-squares estimation of transformation parameters between two point patterns", IEEE Trans. Pattern
 *   Analysis and Machine Intelligence 13(4), 1991; here in two dimensions and without scaling
 */
export function alignPairing(a: MinutiaArrays, b: MinutiaArrays, pairing: Pairing): Alignment {
	const { ax, ay, bx, by } = centres(a, b, pairing);
	let dot = 0;
	let cross = 0;
	for (let i = 0; i < a.count; i++) {
		const weight = pairing.weight[i]!;
		if (weight === 0) continue;
		const j = pairing.partner[i]!;
		const ux = a.x[i]! - ax;
		const uy = a.y[i]! - ay;
		const vx = b.x[j]! - bx;
		const vy = b.y[j]! - by;
		const rotation = b.angle[j]! - a.angle[i]!;
		dot += weight * (ux * vx + uy * vy + ANGLE_WEIGHT_PIXELS ** 2 * Math.cos(rotation));
		cross += weight * (ux * vy - uy * vx + ANGLE_WEIGHT_PIXELS ** 2 * Math.sin(rotation));
	}
	return rotateOnto(Math.atan2(cross, dot), ax, ay, bx, by);
}

/** Returns the weighted mean position of the paired minutiae in each template. */
function centres(a: MinutiaArrays, b: MinutiaArrays, { partner, weight, total }: Pairing) {
	const sums = { ax: 0, ay: 0, bx: 0, by: 0 };
	for (let i = 0; i < a.count; i++) {
		if (weight[i] === 0) continue;
		const j = partner[i]!;
		const share = weight[i]! / total;
		sums.ax += share * a.x[i]!;
		sums.ay += share * a.y[i]!;
		sums.bx += share * b.x[j]!;
		sums.by += share * b.y[j]!;
	}
	return sums;
}

/** Returns the inverse alignment, which maps the other template onto this one. Its centre is unchanged. */
export function invert({ rotation, cos, sin, shiftX, shiftY, centreX, centreY }: Alignment): Alignment {
	const x = centreX - shiftX;
	const y = centreY - shiftY;
	return rotateOnto(-rotation, centreX, centreY, x * cos + y * sin, y * cos - x * sin);
}

/** Returns the alignment that rotates about (ax, ay) and moves that point to (bx, by). */
function rotateOnto(rotation: number, ax: number, ay: number, bx: number, by: number): Alignment {
	const cos = Math.cos(rotation);
	const sin = Math.sin(rotation);
	const shiftX = bx - (ax * cos - ay * sin);
	const shiftY = by - (ax * sin + ay * cos);
	return { rotation, cos, sin, shiftX, shiftY, centreX: bx, centreY: by };
}
