import type { EnrolledTemplate } from '../biometrics/enrolment/enrol.ts';
import type { Extraction } from '../biometrics/extraction/extract-template.ts';
import type { GreyImage } from '../biometrics/images/grey-image.ts';
import type { Comparison } from '../biometrics/matching/verify.ts';
import { assertNever } from '../protocol/assert-never.ts';
import type { ScanOptions } from '../protocol/client-messages.ts';
import { ServiceError } from '../protocol/errors.ts';
import type { QualityHint } from '../protocol/quality-hints.ts';

/** What became of the templates of a scan so far: one template, a comparison, or the finding that they do not belong together. */
export type ScanOutcome =
	| { readonly type: 'enrolled'; readonly enrolled: EnrolledTemplate }
	| { readonly type: 'compared'; readonly comparison: Comparison }
	| { readonly type: 'different-fingers' };

/**
 * Life of one scan; an enrolment goes round once for each touch it needs.
 *
 *     waiting --touched--> extracting --extracted, last one--> ended
 *        ^                     |
 *        |                     | extracted, more to come
 *        +----lifted-------- lifting
 *
 * `failed`, `timed-out` and `stopped` lead to `ended` from everywhere but `ended`; a timer runs in `waiting` and `lifting` alone.
 */
export type ScanState =
	/** `accepted`: the templates of the touches so far, ISO records. */
	| { readonly phase: 'waiting'; readonly accepted: readonly Uint8Array[] }
	| { readonly phase: 'extracting'; readonly accepted: readonly Uint8Array[] }
	| { readonly phase: 'lifting'; readonly accepted: readonly Uint8Array[] }
	| { readonly phase: 'ended' };

export type ScanInput =
	| { readonly type: 'touched'; readonly image: GreyImage }
	/** `outcome` is missing where the touch gave no template. */
	| { readonly type: 'extracted'; readonly extraction: Extraction; readonly outcome: ScanOutcome | undefined }
	| { readonly type: 'lifted' }
	| { readonly type: 'timed-out' }
	| { readonly type: 'stopped' }
	| { readonly type: 'failed'; readonly error: ServiceError };

/** What a scan tells the world; all but the first two are terminal, and exactly one of those comes. */
export type ScanEvent =
	| { readonly type: 'fingerprint:detected'; readonly quality: number }
	| { readonly type: 'scan:progress'; readonly scansCompleted: number; readonly scansRequired: number }
	| { readonly type: 'scan:complete'; readonly enrolled: EnrolledTemplate; readonly hints: readonly QualityHint[] }
	| { readonly type: 'verify:complete'; readonly comparison: Comparison; readonly quality: number }
	| { readonly type: 'scan:error'; readonly error: ServiceError }
	| { readonly type: 'scan:timeout' }
	| { readonly type: 'scan:stopped' };

/** What the owner does after a transition, in this order. */
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

/** Where a scan begins: its timer runs and it waits for the first touch. */
export const SCAN_START: ScanTransition = {
	state: { phase: 'waiting', accepted: [] },
	effects: [{ type: 'start-timer' }, { type: 'await-touch' }],
};

/** The next state and what to do, or nothing if the input does not apply to this state. */
export function scanTransition(state: ScanState, input: ScanInput, options: ScanOptions): ScanTransition | undefined {
	if (state.phase === 'ended') return undefined;
	switch (input.type) {
		case 'touched':
			return state.phase === 'waiting' ? extract(state.accepted, input.image) : undefined;
		case 'extracted':
			return state.phase === 'extracting' ? judge(state.accepted, input, options) : undefined;
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

/** The finger is there: from now on the time is ours, not the person's. */
function extract(accepted: readonly Uint8Array[], image: GreyImage): ScanTransition {
	return {
		state: { phase: 'extracting', accepted },
		effects: [{ type: 'stop-timer' }, { type: 'extract', image, accepted }],
	};
}

/** Tell what was seen, then end the scan or ask for the next touch. */
function judge(
	accepted: readonly Uint8Array[],
	{ extraction, outcome }: ScanInput & { type: 'extracted' },
	{ qualityThreshold, scansRequired }: ScanOptions,
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
			if (accepted.length + 1 < scansRequired) return askForMore([...accepted, template], scansRequired, detected);
			return end(detected, { type: 'scan:complete', enrolled: outcome.enrolled, hints });
		default:
			return assertNever(outcome);
	}
}

function askForMore(accepted: readonly Uint8Array[], scansRequired: number, detected: ScanEvent): ScanTransition {
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
