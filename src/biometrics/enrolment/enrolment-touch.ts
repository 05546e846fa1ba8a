import { type Alignment, alignedX, alignedY } from '../matching/alignment.ts';
import { normaliseAngle } from '../matching/angle.ts';
import { compareByPosition, MATCH_DPI, type PreparedTemplate, prepareTemplate } from '../matching/prepared-template.ts';
import type { FingerView } from '../records/finger-view.ts';
import type { Minutia } from '../records/minutia.ts';

/** One touch of an enrolment, prepared for alignment. */
export interface EnrolmentTouch {
	/** Minutiae in pixels at 500 dpi, y down. After an alignment they may lie outside the image. */
	readonly minutiae: readonly Minutia[];
	/** The same minutiae with the same indices. */
	readonly template: PreparedTemplate;
}

/** Prepares the touch of a record. */
export function prepareTouch({ minutiae, dpi }: Pick<FingerView, 'minutiae' | 'dpi'>): EnrolmentTouch {
	const scale = MATCH_DPI / dpi;
	const scaled = minutiae.map((minutia) => ({ ...minutia, x: minutia.x * scale, y: minutia.y * scale }));
	// `prepareTemplate` sorts its minutiae; sorting them before keeps the indices equal.
	const sorted = scaled.toSorted(compareByPosition);
	return { minutiae: sorted, template: prepareTemplate({ minutiae: sorted, dpi: MATCH_DPI }) };
}

/** Returns the minutiae of a touch after an alignment, in the same order. */
export function alignTouch({ minutiae, template }: EnrolmentTouch, alignment: Alignment): Minutia[] {
	return minutiae.map((minutia, i) => ({
		...minutia,
		x: alignedX(alignment, template.x[i]!, template.y[i]!),
		y: -alignedY(alignment, template.x[i]!, template.y[i]!),
		angle: normaliseAngle(minutia.angle + alignment.rotation),
	}));
}
