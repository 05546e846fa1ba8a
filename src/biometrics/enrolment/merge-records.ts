import { matchTemplates, SAME_FINGER_SCORE } from '../matching/match.ts';
import { MATCH_DPI } from '../matching/prepared-template.ts';
import { bestMinutiae, type IsoRecord } from '../records/iso-record.ts';
import type { Minutia } from '../records/minutia.ts';
import { Consensus } from './consensus.ts';
import { type EnrolmentTouch, prepareTouch } from './enrolment-touch.ts';
import { orderByScore } from './merge-order.ts';

/**
 * One record out of the scans of an enrolment. They are laid over the one most similar to the others, whose resolution and
 * place the result keeps; its image grows where they reach beyond. See `Consensus` for the minutiae that remain.
 *
 * @param records one finger each, of any size and resolution; in practice 1..5, time grows with the square of their number
 * @returns a record of the best quality among them with 255 minutiae at most; a single record as it is; `undefined` if there
 *   is none, or one whose similarity to each scan before it in that order is below `SAME_FINGER_SCORE`
 */
export function mergeRecords(records: readonly IsoRecord[]): IsoRecord | undefined {
	if (records.length === 1) return records[0];
	const scans = records.map(prepareTouch);
	const order = orderByScore(scoreMatrix(scans), SAME_FINGER_SCORE);
	if (order === undefined) return undefined;
	const [reference, ...others] = order;
	if (reference === undefined) return undefined;
	const consensus = new Consensus(scans[reference]!);
	for (const other of others) consensus.add(scans[other]!);
	const quality = Math.max(...records.map((record) => record.quality));
	return { ...frame(consensus.minutiae(), records[reference]!), quality };
}

function scoreMatrix(scans: readonly EnrolmentTouch[]): number[][] {
	return scans.map((a) => scans.map((b) => (a === b ? 0 : matchTemplates(a.template, b.template))));
}

/** Minutiae at 500 dpi as a record in the resolution of the reference, its image large enough for all of them. */
function frame(minutiae: readonly Minutia[], reference: IsoRecord): IsoRecord {
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

/** How far to shift coordinates, in whole pixels, and how long a side must then be to hold 0..side and all of them. */
function extent(coordinates: readonly number[], side: number): { shift: number; side: number } {
	const shift = -Math.min(0, ...coordinates.map(Math.floor));
	const end = Math.max(side, ...coordinates.map((coordinate) => Math.floor(coordinate) + 1));
	return { shift, side: end + shift };
}
