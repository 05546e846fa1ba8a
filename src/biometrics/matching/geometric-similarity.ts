import { type Alignment, alignedX, alignedY } from './alignment.ts';
import { angleBetween, normaliseAngle } from './angle.ts';
import type { MinutiaArrays } from './minutia-arrays.ts';

/** A minutia of one template in the coordinates of the other. */
export interface AlignedMinutia {
	readonly x: number;
	readonly y: number;
	/** 0 <= angle < 2 pi. */
	readonly angle: number;
	/** Pixels from the centre of the alignment. */
	readonly distance: number;
	/** The distance in pixels within which a minutia of the other template can be its partner. */
	readonly tolerance: number;
}

/** The tolerated distance in pixels at the centre of the alignment. */
const TOLERANCE = 8;
/** How much the tolerance grows with each pixel of distance from the centre, because skin on the glass is distorted. */
const TOLERANCE_PER_PIXEL = 0.13;
/** The tolerated difference of direction, radians. */
const ANGLE_TOLERANCE = 0.6;

/** Returns minutia `i` after the alignment. */
export function alignMinutia({ x, y, angle }: MinutiaArrays, i: number, alignment: Alignment): AlignedMinutia {
	const newX = alignedX(alignment, x[i]!, y[i]!);
	const newY = alignedY(alignment, x[i]!, y[i]!);
	const dx = newX - alignment.centreX;
	const dy = newY - alignment.centreY;
	const distance = Math.sqrt(dx * dx + dy * dy);
	return {
		x: newX,
		y: newY,
		angle: normaliseAngle(angle[i]! + alignment.rotation),
		distance,
		tolerance: TOLERANCE + TOLERANCE_PER_PIXEL * distance,
	};
}

/** Returns how well an aligned minutia coincides with minutia `j` of the other template: 1 exactly, 0 outside the tolerances. */
export function geometricSimilarity(aligned: AlignedMinutia, { x, y, angle }: MinutiaArrays, j: number): number {
	const dx = aligned.x - x[j]!;
	const dy = aligned.y - y[j]!;
	const squared = dx * dx + dy * dy;
	const limit = aligned.tolerance * aligned.tolerance;
	if (squared >= limit) return 0;
	const rotation = angleBetween(aligned.angle, angle[j]!) / ANGLE_TOLERANCE;
	return rotation >= 1 ? 0 : 1 - (squared / limit + rotation * rotation) / 2;
}
