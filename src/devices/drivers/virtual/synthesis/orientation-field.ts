import type { RidgeClass } from './ridge-class.ts';
import { smoothStep } from './smooth-noise.ts';

/** Distance from the middle of an arch to its steepest ridges, pixels. */
const ARCH_WIDTH = 60;

/** Radius to which the outermost ridges follow the fingertip, pixels. */
const TIP_RADIUS = 230;

/**
 * Ridge direction at a point in finger coordinates, radians counter-clockwise from "to the right"; it repeats every pi.
 *
 * The zero-pole model: around each core the direction turns by pi, around each delta by -pi. As the plain model opens
 * loops too wide, the turn around a core is drawn together at its tip, in the spirit of Vizcaya and Gerhardt.
 *
 * @see B. Sherlock, D. Monro, "A model for interpreting fingerprint topology", Pattern Recognition 26 (1993)
 * @see P. Vizcaya, L. Gerhardt, "A nonlinear orientation model for global description of fingerprints", Pattern
 * Recognition 29 (1996)
 */
export function ridgeDirectionAt(ridgeClass: RidgeClass, x: number, y: number): number {
	let turn = 0;
	for (const core of ridgeClass.cores) {
		const angle = Math.atan2(core.y - y, x - core.x);
		turn += angle + core.tightness * Math.sin(angle - core.tip);
	}
	for (const delta of ridgeClass.deltas) turn -= Math.atan2(delta.y - y, x - delta.x);
	return turn / 2 - Math.atan(archSlope(ridgeClass.archHeight, x, y) + tipSlope(x, y));
}

/** Slope of a bell-shaped hill: flat at the crease of the joint, highest in the middle of the pad. */
function archSlope(height: number, x: number, y: number): number {
	if (height === 0) return 0;
	const u = x / ARCH_WIDTH;
	const rise = smoothStep((190 - y) / 200) * smoothStep((260 + y) / 200);
	return (height / ARCH_WIDTH) * rise * u * Math.exp((-u * u) / 2);
}

/** Slope of the ridges that follow the round of the fingertip. */
function tipSlope(x: number, y: number): number {
	return (x / TIP_RADIUS) * smoothStep((60 - y) / 260);
}
