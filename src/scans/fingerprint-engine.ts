import type { Extraction } from '../biometrics/extract-template.ts';
import type { GreyImage } from '../biometrics/grey-image.ts';

/** What a scan needs of biometrics: the port that the worker pool fits. Nothing of it computes on the caller's thread. */
export interface FingerprintEngine {
	/** Called when a scan starts, so that a worker is ready by the time the finger is down. */
	prepare(): void;
	/** @throws ServiceError TEMPLATE_EXTRACTION_FAILED, INTERNAL_ERROR */
	extract(image: GreyImage): Promise<Extraction>;
	/** Whether a template (ISO record) is of the same finger as any of the others; true if there are no others. */
	isSameFinger(template: Uint8Array, others: readonly Uint8Array[]): Promise<boolean>;
}
