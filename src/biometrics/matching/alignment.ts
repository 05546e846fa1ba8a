import type { MinutiaArrays } from './minutia-arrays.ts';

/** A rotation followed by a shift, which lays one template over another. */
export interface Alignment {
	/** Radians counter-clockwise. */
	readonly rotation: number;
	readonly cos: number;
	readonly sin: number;
	readonly shiftX: number;
	readonly shiftY: number;
	/** Where on the other template the alignment is surest: skin stretches more the farther from here. */
	readonly centreX: number;
	readonly centreY: number;
}

/** Which minutiae of two aligned templates are taken for the same. */
export interface Pairing {
	/** How well each minutia of the first template agrees with its partner, 0..1; 0 if it has none. */
	readonly weight: readonly number[];
	/** The index of that partner in the second template; of no meaning where the weight is 0. */
	readonly partner: readonly number[];
	/** Sum of the weights. */
	readonly total: number;
}

/** In a fit of the rotation a direction weighs as much as another minutia this many pixels away. */
const ANGLE_WEIGHT_PIXELS = 20;

/** Where the alignment puts the point (x, y): the new x. */
export function alignedX({ cos, sin, shiftX }: Alignment, x: number, y: number): number {
	return x * cos - y * sin + shiftX;
}

/** Where the alignment puts the point (x, y): the new y. */
export function alignedY({ cos, sin, shiftY }: Alignment, x: number, y: number): number {
	return x * sin + y * cos + shiftY;
}

/** The alignment that lays minutia `i` of `a` exactly over minutia `j` of `b`, directions included. */
export function alignPair(a: MinutiaArrays, i: number, b: MinutiaArrays, j: number): Alignment {
	return rotateOnto(b.angle[j]! - a.angle[i]!, a.x[i]!, a.y[i]!, b.x[j]!, b.y[j]!);
}

/**
 * The alignment with the least squared distance between partners, by their weights; their directions count as well.
 *
 * @param pairing at least one pair
 * @see S. Umeyama, "Least-squares estimation of transformation parameters between two point patterns", IEEE Trans. Pattern
 *   Analysis and Machine Intelligence 13(4), 1991; here in the plane and without a change of size
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
		const turned = b.angle[j]! - a.angle[i]!;
		dot += weight * (ux * vx + uy * vy + ANGLE_WEIGHT_PIXELS ** 2 * Math.cos(turned));
		cross += weight * (ux * vy - uy * vx + ANGLE_WEIGHT_PIXELS ** 2 * Math.sin(turned));
	}
	return rotateOnto(Math.atan2(cross, dot), ax, ay, bx, by);
}

/** The mean place of the paired minutiae in each template, by weight. */
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

/** The same alignment seen from the other template; its centre stays the same minutia. */
export function invert({ rotation, cos, sin, shiftX, shiftY, centreX, centreY }: Alignment): Alignment {
	const x = centreX - shiftX;
	const y = centreY - shiftY;
	return rotateOnto(-rotation, centreX, centreY, x * cos + y * sin, y * cos - x * sin);
}

/** Turns about (ax, ay), which comes to lie on (bx, by). */
function rotateOnto(rotation: number, ax: number, ay: number, bx: number, by: number): Alignment {
	const cos = Math.cos(rotation);
	const sin = Math.sin(rotation);
	const shiftX = bx - (ax * cos - ay * sin);
	const shiftY = by - (ax * sin + ay * cos);
	return { rotation, cos, sin, shiftX, shiftY, centreX: bx, centreY: by };
}
