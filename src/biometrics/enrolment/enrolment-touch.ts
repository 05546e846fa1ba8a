import { type Alignment, alignedX, alignedY } from '../matching/alignment.ts';
import { normaliseAngle } from '../matching/angle.ts';
import { compareByPosition, MATCH_DPI, type PreparedTemplate, prepareTemplate } from '../matching/prepared-template.ts';
import type { IsoRecord } from '../records/iso-record.ts';
import type { Minutia } from '../records/minutia.ts';

/** One scan of an enrolment. */
export interface EnrolmentTouch {
	/** In pixels at 500 dpi, y down. They may lie anywhere: a scan need not be laid within its image. */
	readonly minutiae: readonly Minutia[];
	/** The same minutiae under the same indices. */
	readonly template: PreparedTemplate;
}

/** The scan that a record holds. */
export function prepareTouch({ minutiae, dpi }: Pick<IsoRecord, 'minutiae' | 'dpi'>): EnrolmentTouch {
	const scale = MATCH_DPI / dpi;
	const scaled = minutiae.map((minutia) => ({ ...minutia, x: minutia.x * scale, y: minutia.y * scale }));
	// A template sorts its minutiae; sorted before, they keep their indices.
	const sorted = scaled.toSorted(compareByPosition);
	return { minutiae: sorted, template: prepareTemplate({ minutiae: sorted, dpi: MATCH_DPI }) };
}

/** The minutiae of a scan where an alignment lays them, in the same order. */
export function alignTouch({ minutiae, template }: EnrolmentTouch, alignment: Alignment): Minutia[] {
	return minutiae.map((minutia, i) => ({
		...minutia,
		x: alignedX(alignment, template.x[i]!, template.y[i]!),
		y: -alignedY(alignment, template.x[i]!, template.y[i]!),
		angle: normaliseAngle(minutia.angle + alignment.rotation),
	}));
}
