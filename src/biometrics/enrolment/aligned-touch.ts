import { type Alignment, laidX, laidY } from '../matching/alignment.ts';
import { wholeTurn } from '../matching/angle.ts';
import { bottomFirst, MATCH_DPI, type MatchTemplate, prepareTemplate } from '../matching/prepared-template.ts';
import type { IsoRecord } from '../records/iso-record.ts';
import type { Minutia } from '../records/minutia.ts';

/** One scan of an enrolment. */
export interface Scan {
	/** In pixels at 500 dpi, y down. They may lie anywhere: a scan need not be laid within its image. */
	readonly minutiae: readonly Minutia[];
	/** The same minutiae under the same indices. */
	readonly template: MatchTemplate;
}

/** The scan that a record holds. */
export function scanOf({ minutiae, dpi }: Pick<IsoRecord, 'minutiae' | 'dpi'>): Scan {
	const scale = MATCH_DPI / dpi;
	const scaled = minutiae.map((minutia) => ({ ...minutia, x: minutia.x * scale, y: minutia.y * scale }));
	// A template sorts its minutiae; sorted before, they keep their indices.
	const sorted = scaled.toSorted(bottomFirst);
	return { minutiae: sorted, template: prepareTemplate({ minutiae: sorted, dpi: MATCH_DPI }) };
}

/** The minutiae of a scan where an alignment lays them, in the same order. */
export function layScan({ minutiae, template }: Scan, alignment: Alignment): Minutia[] {
	return minutiae.map((minutia, i) => ({
		...minutia,
		x: laidX(alignment, template.x[i]!, template.y[i]!),
		y: -laidY(alignment, template.x[i]!, template.y[i]!),
		angle: wholeTurn(minutia.angle + alignment.rotation),
	}));
}
