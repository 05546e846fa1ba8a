import type { Comparison, EnrolledTemplate, Extraction, GreyImage } from '../../biometrics/worker-engine.ts';
import { ServiceError } from '../../protocol/errors.ts';
import type { FingerprintEngine } from '../../scans/fingerprint-engine.ts';

/** The default result of `extract`; its template is `AQID` in base64. */
export const GOOD_EXTRACTION: Extraction = {
	quality: 80,
	hints: [],
	minutiae: [{ x: 1, y: 2, angle: 0, kind: 'ridge-ending', quality: 90 }],
	template: Uint8Array.of(1, 2, 3),
	hasFingerprint: true,
};

/** Returns the same result immediately for every image. */
export class FakeEngine implements FingerprintEngine {
	/** Result of `extract`, or the error that it throws. */
	extraction: Extraction | ServiceError = GOOD_EXTRACTION;

	/** Result of `verify`. */
	comparison: Comparison = { isMatch: true, score: 71, threshold: 40, index: 0 };
	/** Candidates of the last `verify`. */
	candidates: readonly Uint8Array[] = [];
	/** False match rate of the last `verify`. */
	falseMatchRate: number | undefined;
	/** Result of `encodePng`; default: the bytes of the pixels. */
	png: Uint8Array | undefined;

	prepare(): void {}

	async extract(): Promise<Extraction> {
		if (this.extraction instanceof ServiceError) throw this.extraction;
		return this.extraction;
	}

	/** Returns the first template; does not merge. */
	async enrol([template]: readonly Uint8Array[]): Promise<EnrolledTemplate | undefined> {
		if (template === undefined) throw new Error('an enrolment without touches');
		const { quality, minutiae } = GOOD_EXTRACTION;
		return { template, width: 4, height: 4, dpi: 500, quality, minutiae: minutiae.length };
	}

	async verify(_template: Uint8Array, candidates: readonly Uint8Array[], falseMatchRate: number): Promise<Comparison> {
		this.candidates = candidates;
		this.falseMatchRate = falseMatchRate;
		return this.comparison;
	}

	async encodePng({ data }: GreyImage): Promise<Uint8Array> {
		return this.png ?? data;
	}
}
