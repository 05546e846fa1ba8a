import type { EnrolledTemplate } from '../../biometrics/enrolment/enrol.ts';
import type { Extraction } from '../../biometrics/extraction/extract-template.ts';
import type { Comparison } from '../../biometrics/matching/verify.ts';
import { ServiceError } from '../../protocol/errors.ts';
import type { FingerprintEngine } from '../../scans/fingerprint-engine.ts';

/** What the engine finds unless a test says otherwise; its template is `AQID` in base64. */
export const GOOD_EXTRACTION: Extraction = {
	quality: 80,
	hints: [],
	minutiae: [{ x: 1, y: 2, angle: 0, kind: 'ridge-ending', quality: 90 }],
	template: Uint8Array.of(1, 2, 3),
	hasFingerprint: true,
};

/** Biometrics by script: the same answer at once for every picture. */
export class FakeEngine implements FingerprintEngine {
	/** What `extract` finds, or fails with. */
	extraction: Extraction | ServiceError = GOOD_EXTRACTION;

	/** What `verify` answers. */
	comparison: Comparison = { isMatch: true, score: 71, index: 0 };
	/** What `verify` was given last. */
	candidates: readonly Uint8Array[] = [];

	prepare(): void {}

	async extract(): Promise<Extraction> {
		if (this.extraction instanceof ServiceError) throw this.extraction;
		return this.extraction;
	}

	/** Merging adds nothing: an enrolment ends with its first touch. */
	async enrol([template]: readonly Uint8Array[]): Promise<EnrolledTemplate | undefined> {
		if (template === undefined) throw new Error('an enrolment without touches');
		const { quality, minutiae } = GOOD_EXTRACTION;
		return { template, width: 4, height: 4, dpi: 500, quality, minutiae: minutiae.length };
	}

	async verify(_template: Uint8Array, candidates: readonly Uint8Array[]): Promise<Comparison> {
		this.candidates = candidates;
		return this.comparison;
	}
}
