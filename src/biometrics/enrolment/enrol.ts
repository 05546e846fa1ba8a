import { MIN_MINUTIAE } from '../records/finger-view.ts';
import { decodeIsoRecord, encodeIsoRecord } from '../records/iso-record.ts';
import { mergeRecords } from './merge-records.ts';

/** A template and its properties. */
export interface EnrolledTemplate {
	/** ISO/IEC 19794-2:2005 record. */
	readonly template: Uint8Array;
	/** Pixels. */
	readonly width: number;
	readonly height: number;
	readonly dpi: number;
	/** 0..100, higher is better. */
	readonly quality: number;
	/** Number of minutiae in the template. */
	readonly minutiae: number;
}

/**
 * Merges the touches of an enrolment into one template.
 *
 * @param templates ISO records, at least one
 * @returns `undefined` if the touches are of different fingers, or agree in too few minutiae for a template that can be matched
 * @throws ServiceError INVALID_MESSAGE for a damaged record
 */
export function enrol(templates: readonly Uint8Array[]): EnrolledTemplate | undefined {
	const merged = mergeRecords(templates.map(decodeIsoRecord));
	if (merged === undefined || merged.minutiae.length < MIN_MINUTIAE) return undefined;
	const { width, height, dpi, quality, minutiae } = merged;
	return { template: encodeIsoRecord(merged), width, height, dpi, quality, minutiae: minutiae.length };
}
