import type { Comparison, EnrolledTemplate, Extraction, GreyImage } from '../biometrics/worker-engine.ts';

/**
 * The port through which scans use biometrics; the worker pool implements it, so nothing runs on the caller's thread.
 * It creates ISO/IEC 19794-2:2005 records. Every method rejects with ServiceError INTERNAL_ERROR when its worker fails.
 */
export interface FingerprintEngine {
	/** Called when a scan starts, so that a worker is ready when the finger touches the reader. */
	prepare(): void;
	extract(image: GreyImage): Promise<Extraction>;
	/** Merges the touches of an enrolment into one template; `undefined` if they are of different fingers. */
	enrol(templates: readonly Uint8Array[]): Promise<EnrolledTemplate | undefined>;
	/**
	 * Matches a touch with at least one candidate and returns the result for the most similar one. Candidates are records of any
	 * format that can be read.
	 */
	verify(template: Uint8Array, candidates: readonly Uint8Array[], falseMatchRate: number): Promise<Comparison>;
	/** Encodes an image as a PNG file of 8-bit grey. */
	encodePng(image: GreyImage): Promise<Uint8Array>;
}
