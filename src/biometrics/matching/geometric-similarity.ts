import { type Alignment, alignedX, alignedY } from './alignment.ts';
import { angleBetween, normaliseAngle } from './angle.ts';
import type { MinutiaArrays } from './minutia-arrays.ts';

/** A minutia of one template where an alignment lays it over another. */
export interface AlignedMinutia {
	readonly x: number;
	readonly y: number;
	/** 0 <= angle < 2 pi. */
	readonly angle: number;
	/** Pixels by which a partner may miss it. */
	readonly tolerance: number;
}

/** Pixels by which partners may miss each other at the centre of the alignment ... */
const TOLERANCE = 6;
/** ... and how much more for each pixel away from it: pressed skin stretches and turns. */
const TOLERANCE_PER_PIXEL = 0.1;
/** Radians by which the directions of partners may differ. */
const ANGLE_TOLERANCE = 0.6;

/** Minutia `i` as the alignment lays it. */
export function alignMinutia({ x, y, angle }: MinutiaArrays, i: number, alignment: Alignment): AlignedMinutia {
	const newX = alignedX(alignment, x[i]!, y[i]!);
	const newY = alignedY(alignment, x[i]!, y[i]!);
	const dx = newX - alignment.centreX;
	const dy = newY - alignment.centreY;
	return {
		x: newX,
		y: newY,
		angle: normaliseAngle(angle[i]! + alignment.rotation),
		tolerance: TOLERANCE + TOLERANCE_PER_PIXEL * Math.sqrt(dx * dx + dy * dy),
	};
}

/** How nearly a laid minutia meets minutia `j` of the other template: 1 exactly, 0 outside the tolerances. */
export function geometricSimilarity(laid: AlignedMinutia, { x, y, angle }: MinutiaArrays, j: number): number {
	const dx = laid.x - x[j]!;
	const dy = laid.y - y[j]!;
	const missed = (dx * dx + dy * dy) / (laid.tolerance * laid.tolerance);
	if (missed >= 1) return 0;
	const turned = angleBetween(laid.angle, angle[j]!) / ANGLE_TOLERANCE;
	return turned >= 1 ? 0 : 1 - (missed + turned * turned) / 2;
}
