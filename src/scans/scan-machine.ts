import type { Comparison, EnrolledTemplate, Extraction, GreyImage } from '../biometrics/worker-engine.ts';
import { assertNever } from '../protocol/assert-never.ts';
import type { ScanOptions } from '../protocol/client-messages.ts';
import { ServiceError } from '../protocol/errors.ts';
import type { QualityHint } from '../protocol/quality-hints.ts';
import type { TemplateFormat } from '../protocol/template-formats.ts';

/** Result of the templates of a scan so far: one template in the requested format, a comparison, or that they are of different fingers. */
export type ScanOutcome =
	| { readonly type: 'enrolled'; readonly enrolled: EnrolledTemplate }
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
	/** `accepted`: templates of the accepted touches so far, ISO records. */
	| { readonly phase: 'waiting'; readonly accepted: readonly Uint8Array[] }
	| { readonly phase: 'extracting'; readonly accepted: readonly Uint8Array[] }
	| { readonly phase: 'lifting'; readonly accepted: readonly Uint8Array[] }
	| { readonly phase: 'ended' };

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
			return state.phase === 'waiting' ? extract(state.accepted, input.image) : undefined;
		case 'extracted':
			return state.phase === 'extracting' ? afterExtraction(state.accepted, input, options) : undefined;
		case 'lifted':
			if (state.phase !== 'lifting') return undefined;
			return { state: { phase: 'waiting', accepted: state.accepted }, effects: [{ type: 'await-touch' }] };
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
function extract(accepted: readonly Uint8Array[], image: GreyImage): ScanTransition {
	return {
		state: { phase: 'extracting', accepted },
		effects: [{ type: 'stop-timer' }, { type: 'extract', image, accepted }],
	};
}

/** Reports the quality of the touch, then ends the scan or waits for the next touch. */
function afterExtraction(
	accepted: readonly Uint8Array[],
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
		case 'enrolled':
			if (accepted.length + 1 < scansRequired) return awaitNextTouch([...accepted, template], scansRequired, detected);
			return end(detected, { type: 'scan:complete', enrolled: outcome.enrolled, format, hints });
		default:
			return assertNever(outcome);
	}
}

function awaitNextTouch(accepted: readonly Uint8Array[], scansRequired: number, detected: ScanEvent): ScanTransition {
	return {
		state: { phase: 'lifting', accepted },
		effects: [
			emit(detected),
			emit({ type: 'scan:progress', scansCompleted: accepted.length, scansRequired }),
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
