import type { RidgeClass } from './ridge-class.ts';
import { smoothStep } from './smooth-noise.ts';

/** Distance from the centre of an arch to its steepest ridges, pixels. */
const ARCH_WIDTH = 60;

/** Radius of the outermost ridges at the fingertip, pixels. */
const TIP_RADIUS = 230;

/**
 * Returns the ridge direction at a point in finger coordinates, radians counter-clockwise from the positive x axis, modulo pi.
 *
 * This is the zero-pole model: around each core the direction rotates by pi, around each delta by -pi. Because the plain model
 * makes loops too wide, the rotation around a core is concentrated at its tip, similar to Vizcaya and Gerhardt.
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

/** Returns the slope of a bell-shaped arch: flat at the crease of the joint, highest in the middle of the pad. */
function archSlope(height: number, x: number, y: number): number {
	if (height === 0) return 0;
	const u = x / ARCH_WIDTH;
	const rise = smoothStep((190 - y) / 200) * smoothStep((260 + y) / 200);
	return (height / ARCH_WIDTH) * rise * u * Math.exp((-u * u) / 2);
}

/** Returns the slope of the ridges that follow the curve of the fingertip. */
function tipSlope(x: number, y: number): number {
	return (x / TIP_RADIUS) * smoothStep((60 - y) / 260);
}
