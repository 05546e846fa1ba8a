import { matchTemplates, SAME_FINGER_SCORE } from '../matching/match.ts';
import { MATCH_DPI } from '../matching/prepared-template.ts';
import { bestMinutiae, type FingerView } from '../records/finger-view.ts';
import type { Minutia } from '../records/minutia.ts';
import { Consensus } from './consensus.ts';
import { type EnrolmentTouch, prepareTouch } from './enrolment-touch.ts';
import { orderByScore } from './merge-order.ts';

/**
 * Merges the records of an enrolment into one. They are aligned with the touch that matches the others best, whose resolution
 * and coordinates the result keeps; its image size grows where other touches extend beyond it. `Consensus` selects the
 * minutiae.
 *
 * @param records one touch each, of any size and resolution; usually 1..5, the time grows with the square of their number
 * @returns a record with the best quality of the touches and at most 255 minutiae; a single record unchanged; `undefined` if
 *   there is none, or if a touch does not reach `SAME_FINGER_SCORE` with any touch merged before it
 */
export function mergeRecords(records: readonly FingerView[]): FingerView | undefined {
	if (records.length === 1) return records[0];
	const touches = records.map(prepareTouch);
	const order = orderByScore(scoreMatrix(touches), SAME_FINGER_SCORE);
	if (order === undefined) return undefined;
	const [reference, ...others] = order;
	if (reference === undefined) return undefined;
	const consensus = new Consensus(touches[reference]!);
	for (const other of others) consensus.add(touches[other]!);
	const quality = Math.max(...records.map((record) => record.quality));
	return { ...frame(consensus.minutiae(), records[reference]!), quality };
}

function scoreMatrix(touches: readonly EnrolmentTouch[]): number[][] {
	return touches.map((a) => touches.map((b) => (a === b ? 0 : matchTemplates(a.template, b.template))));
}

/** Converts minutiae at 500 dpi to a record with the resolution of the reference and an image size that contains all of them. */
function frame(minutiae: readonly Minutia[], reference: FingerView): FingerView {
	const scale = reference.dpi / MATCH_DPI;
	const placed = bestMinutiae(minutiae).map((minutia) => ({ ...minutia, x: minutia.x * scale, y: minutia.y * scale }));
	const across = extent(
		placed.map(({ x }) => x),
		reference.width,
	);
	const down = extent(
		placed.map(({ y }) => y),
		reference.height,
	);
	return {
		...reference,
		width: across.side,
		height: down.side,
		minutiae: placed.map((minutia) => ({ ...minutia, x: minutia.x + across.shift, y: minutia.y + down.shift })),
	};
}

/** Returns by how many whole pixels to shift the coordinates, and the length of a side that then contains 0..side and all of them. */
function extent(coordinates: readonly number[], side: number): { shift: number; side: number } {
	const shift = -Math.min(0, ...coordinates.map(Math.floor));
	const end = Math.max(side, ...coordinates.map((coordinate) => Math.floor(coordinate) + 1));
	return { shift, side: end + shift };
}
