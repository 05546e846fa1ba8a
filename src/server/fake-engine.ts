import type { Extraction } from '../biometrics/extract-template.ts';
import { ServiceError } from '../protocol/errors.ts';
import type { FingerprintEngine } from '../scans/fingerprint-engine.ts';

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

	prepare(): void {}

	async extract(): Promise<Extraction> {
		if (this.extraction instanceof ServiceError) throw this.extraction;
		return this.extraction;
	}

	async isSameFinger(): Promise<boolean> {
		return true;
	}
}
