import type { Bitmap } from '../../images/float-image.ts';
import type { MinutiaKind } from '../../records/minutia.ts';
import { CELL, type CellGrid } from '../cell-grid.ts';
import { isNearDead } from '../dead-area.ts';
import { type OrientationField, orientationAt } from '../orientation.ts';
import type { UnratedMinutia } from './rate-minutiae.ts';
import type { Skeleton } from './skeleton.ts';

/** Length over which the direction of a minutia is measured, working pixels. */
const DIRECTION_LENGTH = 14;
/** Closer to the edge of the finger or of the sensor's window, lines end because the image ends, working pixels. */
const EDGE_DISTANCE = 12;

/** Properties of the finger in each cell. */
export interface FingerMap {
	readonly field: OrientationField;
	/** 1 inside the finger, see `findFinger`. */
	readonly finger: CellGrid;
	/** Clarity of the ridges, see `measureFit`. */
	readonly fit: CellGrid;
	/** 1 outside the window of the sensor, see `findDeadArea`. */
	readonly dead?: Bitmap | undefined;
}

/**
 * Returns the ends of a skeleton as minutiae: the ends of ridges are ridge endings, the ends of valleys bifurcations, because
 * a valley ends where two ridges meet. The direction into the line is the direction that ISO defines in both cases.
 */
export function findMinutiae(
	skeleton: Skeleton,
	kind: MinutiaKind,
	{ field, finger, dead }: FingerMap,
): UnratedMinutia[] {
	const minutiae: UnratedMinutia[] = [];
	for (const ending of skeleton.endings()) {
		const x = ending % skeleton.stride;
		const y = Math.floor(ending / skeleton.stride);
		if (!isInside(finger, skeleton, x, y) || (dead && isNearDead(dead, x, y, EDGE_DISTANCE))) continue;
		minutiae.push({ kind, x, y, angle: directionOf(skeleton, ending, field) });
	}
	return minutiae;
}

/** Returns the orientation of the ridges as the direction that leads into the line. */
function directionOf(skeleton: Skeleton, ending: number, field: OrientationField): number {
	const inner = skeleton.walk(ending, DIRECTION_LENGTH).at(-1)!;
	const dx = (inner % skeleton.stride) - (ending % skeleton.stride);
	const dy = Math.floor(inner / skeleton.stride) - Math.floor(ending / skeleton.stride);
	const angle = orientationAt(
		field,
		(ending % skeleton.stride) + dx / 2,
		Math.floor(ending / skeleton.stride) + dy / 2,
	);
	return dx * Math.cos(angle) - dy * Math.sin(angle) >= 0 ? angle : (angle + Math.PI) % (2 * Math.PI);
}

function isInside(finger: CellGrid, { bitmap: { width, height } }: Skeleton, x: number, y: number): boolean {
	for (let turn = 0; turn < 8; turn++) {
		const px = Math.round(x + EDGE_DISTANCE * Math.cos((turn * Math.PI) / 4));
		const py = Math.round(y + EDGE_DISTANCE * Math.sin((turn * Math.PI) / 4));
		if (px < 0 || py < 0 || px >= width || py >= height) return false;
		if (finger.data[Math.floor(py / CELL) * finger.columns + Math.floor(px / CELL)] === 0) return false;
	}
	return true;
}
