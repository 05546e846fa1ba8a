import type { Extraction } from '../biometrics/extract-template.ts';
import type { GreyImage } from '../biometrics/grey-image.ts';
import { assertNever } from '../protocol/assert-never.ts';
import type { ScanOptions } from '../protocol/client-messages.ts';
import { ServiceError } from '../protocol/errors.ts';

/** One accepted touch of a scan. */
export interface AcceptedTouch {
	readonly image: GreyImage;
	readonly extraction: Extraction;
	readonly template: Uint8Array;
}

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
	| { readonly phase: 'waiting'; readonly accepted: readonly AcceptedTouch[] }
	| { readonly phase: 'extracting'; readonly accepted: readonly AcceptedTouch[]; readonly image: GreyImage }
	| { readonly phase: 'lifting'; readonly accepted: readonly AcceptedTouch[] }
	| { readonly phase: 'ended' };

export type ScanInput =
	| { readonly type: 'touched'; readonly image: GreyImage }
	/** `isSameFinger`: the touch is of the same finger as the accepted ones; true for the first. */
	| { readonly type: 'extracted'; readonly extraction: Extraction; readonly isSameFinger: boolean }
	| { readonly type: 'lifted' }
	| { readonly type: 'timed-out' }
	| { readonly type: 'stopped' }
	| { readonly type: 'failed'; readonly error: ServiceError };

/** What a scan tells the world; the last four are terminal and come exactly once. */
export type ScanEvent =
	| { readonly type: 'fingerprint:detected'; readonly quality: number }
	| { readonly type: 'scan:progress'; readonly scansCompleted: number; readonly scansRequired: number }
	| { readonly type: 'scan:complete'; readonly touch: AcceptedTouch }
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
	| { readonly type: 'extract'; readonly image: GreyImage; readonly accepted: readonly AcceptedTouch[] };

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
			return state.phase === 'extracting' ? judge(state, input, options) : undefined;
		case 'lifted':
			if (state.phase !== 'lifting') return undefined;
			return { state: { phase: 'waiting', accepted: state.accepted }, effects: [{ type: 'await-touch' }] };
		case 'timed-out':
			return state.phase === 'extracting' ? undefined : end({ type: 'scan:timeout' });
		case 'stopped':
			return end({ type: 'scan:stopped' });
		case 'failed':
			return end({ type: 'scan:error', error: input.error });
		default:
			return assertNever(input);
	}
}

/** The finger is there: from now on the time is ours, not the person's. */
function extract(accepted: readonly AcceptedTouch[], image: GreyImage): ScanTransition {
	return {
		state: { phase: 'extracting', accepted, image },
		effects: [{ type: 'stop-timer' }, { type: 'extract', image, accepted }],
	};
}

/** Emit what was seen, then end the scan or ask for the next touch. */
function judge(
	{ accepted, image }: ScanState & { phase: 'extracting' },
	{ extraction, isSameFinger }: ScanInput & { type: 'extracted' },
	options: ScanOptions,
): ScanTransition {
	if (!extraction.hasFingerprint)
		return end({ type: 'scan:error', error: new ServiceError('NO_FINGERPRINT_DETECTED') });
	const detected: ScanEvent = { type: 'fingerprint:detected', quality: extraction.quality };
	const verdict = templateOrFault(extraction, isSameFinger, options);
	if (verdict instanceof ServiceError) return end(detected, { type: 'scan:error', error: verdict });

	const touches = [...accepted, { image, extraction, template: verdict }];
	if (touches.length >= options.scansRequired) return end(detected, { type: 'scan:complete', touch: best(touches) });
	const progress = { scansCompleted: touches.length, scansRequired: options.scansRequired };
	return {
		state: { phase: 'lifting', accepted: touches },
		effects: [
			emit(detected),
			emit({ type: 'scan:progress', ...progress }),
			{ type: 'start-timer' },
			{ type: 'await-lift' },
		],
	};
}

function templateOrFault(
	extraction: Extraction,
	isSameFinger: boolean,
	options: ScanOptions,
): Uint8Array | ServiceError {
	const { quality, hints, minutiae, template } = extraction;
	const { qualityThreshold } = options;
	if (quality < qualityThreshold) {
		return new ServiceError('LOW_QUALITY', { details: { quality, qualityThreshold, hints } });
	}
	if (template === undefined) {
		return new ServiceError('TEMPLATE_EXTRACTION_FAILED', { details: { minutiae: minutiae.length, hints } });
	}
	return isSameFinger ? template : new ServiceError('ENROLLMENT_FAILED');
}

/** An enrolment keeps the touch of the highest quality; of equals, the first. */
function best(touches: readonly AcceptedTouch[]): AcceptedTouch {
	return touches.reduce((a, b) => (b.extraction.quality > a.extraction.quality ? b : a));
}

function emit(event: ScanEvent): ScanEffect {
	return { type: 'emit', event };
}

function end(...events: readonly ScanEvent[]): ScanTransition {
	return { state: { phase: 'ended' }, effects: [{ type: 'stop-timer' }, ...events.map(emit)] };
}
