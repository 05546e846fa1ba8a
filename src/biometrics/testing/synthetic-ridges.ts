import type { GreyImage } from '../images/grey-image.ts';
import type { Minutia } from '../records/minutia.ts';

/** A synthetic ridge pattern with known properties. */
export interface RidgePattern {
	readonly width: number;
	readonly height: number;
	/** Direction of the ridges, radians counter-clockwise. */
	readonly angle: number;
	/** Distance between ridges, pixels. */
	readonly period: number;
	/** Their angles must be `angle` or opposite to it. */
	readonly minutiae?: readonly Pick<Minutia, 'kind' | 'x' | 'y' | 'angle'>[];
}

/**
 * Creates parallel ridges with minutiae at known positions: a wave whose phase winds once around each minutia
 * (the spiral phase of Larkin and Fletcher 2007, "A coherent framework for fingerprint analysis").
 */
export function createRidgeImage(drawing: RidgePattern): GreyImage {
	const { width, height, angle, period, minutiae = [] } = drawing;
	const offset = minutiae[0] === undefined ? 0 : phaseAt(minutiae[0].x, minutiae[0].y);
	return createImage(width, height, (x, y) => 128 - 100 * Math.cos(phaseAt(x, y) - offset + windingsAt(x, y)));

	function phaseAt(x: number, y: number): number {
		return (2 * Math.PI * (x * Math.sin(angle) + y * Math.cos(angle))) / period;
	}

	function windingsAt(x: number, y: number): number {
		return minutiae.reduce((sum, minutia) => sum + winding(minutia, x, y), 0);
	}

	function winding(minutia: Pick<Minutia, 'kind' | 'x' | 'y' | 'angle'>, x: number, y: number): number {
		const turn = Math.atan2(minutia.y - y, x - minutia.x) - minutia.angle;
		const sense = Math.cos(minutia.angle - angle) > 0 ? -1 : 1;
		return sense * turn + (minutia.kind === 'bifurcation' ? Math.PI : 0);
	}
}

/** Positions of the minutiae of `createFingerImage`. */
export const SYNTHETIC_MINUTIAE = [70, 150, 230].flatMap((x) => [80, 155, 230, 305].map((y) => ({ x, y })));

/** Creates an image of 300 x 375 pixels with ridges and twelve ridge endings with alternating directions. */
export function createFingerImage(angle: number): GreyImage {
	const minutiae = SYNTHETIC_MINUTIAE.map((place, i) => ({
		...place,
		kind: 'ridge-ending' as const,
		angle: (i + Math.floor(i / 4)) % 2 === 1 ? angle : angle + Math.PI,
	}));
	return createRidgeImage({ width: 300, height: 375, angle, period: 9, minutiae });
}

/** Creates a square image of concentric ridges with this period in pixels. */
export function createCircleImage(side: number, period: number): GreyImage {
	const centre = (side - 1) / 2;
	return createImage(
		side,
		side,
		(x, y) => 128 - 100 * Math.cos((2 * Math.PI * Math.hypot(x - centre, y - centre)) / period),
	);
}

/** Creates an image of noise, always the same. */
export function createNoiseImage(width: number, height: number): GreyImage {
	let state = 1;
	return createImage(width, height, () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state >>> 24;
	});
}

export function createImage(width: number, height: number, grey: (x: number, y: number) => number): GreyImage {
	const data = Uint8Array.from({ length: width * height }, (_, i) => grey(i % width, Math.floor(i / width)));
	return { width, height, dpi: 500, data };
}

/** Returns the smaller angle between two directions in degrees; for two orientations pass `turn` = 180. */
export function degreesApart(a: number, b: number, turn = 360): number {
	const difference = Math.abs(((a - b) * 180) / Math.PI) % turn;
	return Math.min(difference, turn - difference);
}
