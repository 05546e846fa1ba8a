import type { Comparison, EnrolledTemplate, Extraction, GreyImage } from '../biometrics/worker-engine.ts';
import { assertNever } from '../protocol/assert-never.ts';
import type { ScanOptions } from '../protocol/client-messages.ts';
import { ServiceError } from '../protocol/errors.ts';
import type { QualityHint } from '../protocol/quality-hints.ts';
import type { TemplateFormat } from '../protocol/template-formats.ts';

/** The image of an accepted touch. */
export interface TouchImage {
	/** Pixels. */
	readonly width: number;
	readonly height: number;
	readonly dpi: number;
	/** Of the touch, 0..100. */
	readonly quality: number;
	/** The image as a PNG file, if the scan has the option `image`. */
	readonly png?: Uint8Array;
}

/** Result of the templates of a scan so far: one template in the requested format, a comparison, or that they are of different fingers. */
export type ScanOutcome =
	| { readonly type: 'enrolled'; readonly enrolled: EnrolledTemplate; readonly image: TouchImage }
	| { readonly type: 'compared'; readonly comparison: Comparison }
	| { readonly type: 'different-fingers' };

/**
 * States of one scan; an enrolment runs the cycle once for each touch.
 *
 *     waiting --touched--> extracting --extracted, last one--> ended
 *        ^                     |
 *        |                     | extracted, more to come
 *        +----lifted-------- lifting
 *
 * `failed` and `stopped` lead to `ended` from every other state, `timed-out` from `waiting` and `lifting`, in which the timer runs.
 */
export type ScanState =
	| ({ readonly phase: 'waiting' } & AcceptedTouches)
	| ({ readonly phase: 'extracting' } & AcceptedTouches)
	| ({ readonly phase: 'lifting' } & AcceptedTouches)
	| { readonly phase: 'ended' };

/** The touches that the scan has accepted so far. */
export interface AcceptedTouches {
	/** Templates in order, ISO records. */
	readonly accepted: readonly Uint8Array[];
	/** The image of best quality; undefined before the first touch. */
	readonly bestImage?: TouchImage;
}

export type ScanInput =
	| { readonly type: 'touched'; readonly image: GreyImage }
	/** `outcome` is undefined if no template could be extracted. */
	| { readonly type: 'extracted'; readonly extraction: Extraction; readonly outcome: ScanOutcome | undefined }
	| { readonly type: 'lifted' }
	| { readonly type: 'timed-out' }
	| { readonly type: 'stopped' }
	| { readonly type: 'failed'; readonly error: ServiceError };

/** Events of a scan. All but the first two are terminal; a scan emits exactly one terminal event. */
export type ScanEvent =
	| { readonly type: 'fingerprint:detected'; readonly quality: number }
	| { readonly type: 'scan:progress'; readonly scansCompleted: number; readonly scansRequired: number }
	| {
			readonly type: 'scan:complete';
			readonly enrolled: EnrolledTemplate;
			/** The image of the touch of best quality. */
			readonly image: TouchImage;
			readonly format: TemplateFormat;
			readonly hints: readonly QualityHint[];
	  }
	| { readonly type: 'verify:complete'; readonly comparison: Comparison; readonly quality: number }
	| { readonly type: 'scan:error'; readonly error: ServiceError }
	| { readonly type: 'scan:timeout' }
	| { readonly type: 'scan:stopped' };

/** Effects that the owner of the state runs after a transition, in order. */
export type ScanEffect =
	| { readonly type: 'emit'; readonly event: ScanEvent }
	| { readonly type: 'start-timer' }
	| { readonly type: 'stop-timer' }
	| { readonly type: 'await-touch' }
	| { readonly type: 'await-lift' }
	| { readonly type: 'extract'; readonly image: GreyImage; readonly accepted: readonly Uint8Array[] };

export interface ScanTransition {
	readonly state: ScanState;
	readonly effects: readonly ScanEffect[];
}

/** The first state of a scan: its timer runs and it waits for the first touch. */
export const SCAN_START: ScanTransition = {
	state: { phase: 'waiting', accepted: [] },
	effects: [{ type: 'start-timer' }, { type: 'await-touch' }],
};

/** Returns the next state and its effects, or `undefined` if the input does not apply to the state. */
export function scanTransition(state: ScanState, input: ScanInput, options: ScanOptions): ScanTransition | undefined {
	if (state.phase === 'ended') return undefined;
	switch (input.type) {
		case 'touched':
			return state.phase === 'waiting' ? extract(state, input.image) : undefined;
		case 'extracted':
			return state.phase === 'extracting' ? afterExtraction(state, input, options) : undefined;
		case 'lifted':
			if (state.phase !== 'lifting') return undefined;
			return { state: { ...state, phase: 'waiting' }, effects: [{ type: 'await-touch' }] };
		case 'timed-out':
			return state.phase === 'extracting' ? undefined : end({ type: 'scan:timeout' });
		case 'stopped':
			return end({ type: 'scan:stopped' });
		case 'failed':
			return fail(input.error);
		default:
			return assertNever(input);
	}
}

/** Stops the timer, because the scan now waits for the service, not for the person. */
function extract(touches: ScanState & AcceptedTouches, image: GreyImage): ScanTransition {
	return {
		state: { ...touches, phase: 'extracting' },
		effects: [{ type: 'stop-timer' }, { type: 'extract', image, accepted: touches.accepted }],
	};
}

/** Reports the quality of the touch, then ends the scan or waits for the next touch. */
function afterExtraction(
	{ accepted, bestImage }: AcceptedTouches,
	{ extraction, outcome }: ScanInput & { type: 'extracted' },
	{ qualityThreshold, scansRequired, format }: ScanOptions,
): ScanTransition {
	const { quality, hints, minutiae, template, hasFingerprint } = extraction;
	if (!hasFingerprint) return fail(new ServiceError('NO_FINGERPRINT_DETECTED'));
	const detected: ScanEvent = { type: 'fingerprint:detected', quality };
	if (quality < qualityThreshold) {
		return fail(new ServiceError('LOW_QUALITY', { details: { quality, qualityThreshold, hints } }), detected);
	}
	if (template === undefined || outcome === undefined) {
		const details = { minutiae: minutiae.length, hints };
		return fail(new ServiceError('TEMPLATE_EXTRACTION_FAILED', { details }), detected);
	}
	switch (outcome.type) {
		case 'different-fingers':
			return fail(new ServiceError('ENROLLMENT_FAILED'), detected);
		case 'compared':
			return end(detected, { type: 'verify:complete', comparison: outcome.comparison, quality });
		case 'enrolled': {
			const { enrolled, image: own } = outcome;
			const image = bestImage !== undefined && bestImage.quality >= own.quality ? bestImage : own;
			const touches = { accepted: [...accepted, template], bestImage: image };
			if (touches.accepted.length < scansRequired) return awaitNextTouch(touches, scansRequired, detected);
			return end(detected, { type: 'scan:complete', enrolled, image, format, hints });
		}
		default:
			return assertNever(outcome);
	}
}

function awaitNextTouch(touches: AcceptedTouches, scansRequired: number, detected: ScanEvent): ScanTransition {
	return {
		state: { phase: 'lifting', ...touches },
		effects: [
			emit(detected),
			emit({ type: 'scan:progress', scansCompleted: touches.accepted.length, scansRequired }),
			{ type: 'start-timer' },
			{ type: 'await-lift' },
		],
	};
}

function emit(event: ScanEvent): ScanEffect {
	return { type: 'emit', event };
}

function fail(error: ServiceError, ...before: readonly ScanEvent[]): ScanTransition {
	return end(...before, { type: 'scan:error', error });
}

function end(...events: readonly ScanEvent[]): ScanTransition {
	return { state: { phase: 'ended' }, effects: [{ type: 'stop-timer' }, ...events.map(emit)] };
}
