import type { EnrolledTemplate } from '../biometrics/enrolment/enrol.ts';
import type { Extraction } from '../biometrics/extraction/extract-template.ts';
import type { GreyImage } from '../biometrics/images/grey-image.ts';
import type { Comparison } from '../biometrics/matching/verify.ts';

/**
 * What a scan needs of biometrics: the port that the worker pool fits. Nothing of it computes on the caller's thread.
 * Templates are ISO records; every method rejects with ServiceError INTERNAL_ERROR when its worker fails.
 */
export interface FingerprintEngine {
	/** Called when a scan starts, so that a worker is ready by the time the finger is down. */
	prepare(): void;
	extract(image: GreyImage): Promise<Extraction>;
	/** One template out of the touches of an enrolment; `undefined` if they are of different fingers. */
	enrol(templates: readonly Uint8Array[]): Promise<EnrolledTemplate | undefined>;
	/** How a touch compares with the most similar of the candidates, of which there is at least one. */
	verify(template: Uint8Array, candidates: readonly Uint8Array[]): Promise<Comparison>;
}
