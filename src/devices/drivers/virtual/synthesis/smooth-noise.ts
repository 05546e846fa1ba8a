import { createValues } from '../../../../biometrics/worker-engine.ts';
import type { Random } from './random.ts';

/**
 * Returns value noise (Perlin): normal numbers on a lattice with smooth interpolation.
 *
 * @param spacing distance between the lattice points, pixels
 * @returns `width * height` values around 0, standard deviation about 0.7
 */
export function smoothNoise(random: Random, width: number, height: number, spacing: number): Float32Array {
	const columns = Math.floor((width - 1) / spacing) + 2;
	const rows = Math.floor((height - 1) / spacing) + 2;
	const lattice = createValues(columns * rows);
	for (let i = 0; i < lattice.length; i++) lattice[i] = random.normal();
	const weights = Float32Array.from({ length: spacing }, (_, step) => smoothStep(step / spacing));
	const noise = createValues(width * height);
	for (let y = 0, i = 0; y < height; y++) {
		const row = Math.floor(y / spacing) * columns;
		for (let x = 0; x < width; x++, i++) {
			const column = (x / spacing) | 0;
			const at = row + column;
			noise[i] = blend(lattice, at, columns, weights[x - column * spacing]!, weights[y % spacing]!);
		}
	}
	return noise;
}

/**
 * Interpolates bilinearly between four neighbours.
 *
 * @param at index of the upper left neighbour
 * @param u horizontal position, 0..1
 * @param v vertical position, 0..1
 */
export function blend(data: Float32Array, at: number, stride: number, u: number, v: number): number {
	const above = data[at]! + (data[at + 1]! - data[at]!) * u;
	const below = data[at + stride]! + (data[at + stride + 1]! - data[at + stride]!) * u;
	return above + (below - above) * v;
}

/** Returns 0 up to 0, 1 from 1, and a smooth transition between. */
export function smoothStep(t: number): number {
	if (t <= 0) return 0;
	return t >= 1 ? 1 : t * t * (3 - 2 * t);
}
