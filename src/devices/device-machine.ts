import { assertNever } from '../protocol/assert-never.ts';
import type { ServiceError } from '../protocol/errors.ts';

/**
 * Life of one plugged-in reader.
 *
 *     arrival -> connected --opened--> idle <--released/acquired--> busy
 *                    |                 ^ |                           |
 *          open-failed, faulted        | faulted                  faulted
 *                    v                 | v                           v
 *                  error --retry-due--> (opening again) --opened--> idle
 *
 * Departure ends it from every state; that is the registry's business.
 */
export type DeviceState =
	| { readonly status: 'connected' }
	| { readonly status: 'idle' }
	| { readonly status: 'busy' }
	| {
			readonly status: 'error';
			readonly error: ServiceError;
			/** Attempts to open that have failed since the reader last worked; picks the pause before the next one. */
			readonly failures: number;
	  };

export type DeviceInput =
	| { readonly type: 'opened' }
	| { readonly type: 'open-failed'; readonly error: ServiceError }
	| { readonly type: 'acquired' }
	| { readonly type: 'released' }
	| { readonly type: 'faulted'; readonly error: ServiceError }
	| { readonly type: 'retry-due' };

/** What the owner does after a transition, in this order. */
export type DeviceEffect = { readonly type: 'open' } | { readonly type: 'retry-after'; readonly delayMs: number };

export interface DeviceTransition {
	readonly state: DeviceState;
	readonly effects: readonly DeviceEffect[];
}

/** Pauses before a reader that does not open is tried again, ms; after these the longest one repeats. */
export const REOPEN_DELAYS_MS = [1_000, 2_000, 5_000, 10_000, 30_000] as const;
const LONGEST_DELAY_MS = 30_000;

/** The next state and what to do, or nothing if the input does not apply to this state. */
export function deviceTransition(state: DeviceState, input: DeviceInput): DeviceTransition | undefined {
	switch (input.type) {
		case 'opened':
			return state.status === 'connected' || state.status === 'error' ? enter({ status: 'idle' }) : undefined;
		case 'open-failed':
			return state.status === 'connected' || state.status === 'error' ? fail(state, input.error) : undefined;
		case 'acquired':
			return state.status === 'idle' ? enter({ status: 'busy' }) : undefined;
		case 'released':
			return state.status === 'busy' ? enter({ status: 'idle' }) : undefined;
		case 'faulted':
			return fail(state, input.error);
		case 'retry-due':
			return state.status === 'error' ? { state, effects: [{ type: 'open' }] } : undefined;
		default:
			return assertNever(input);
	}
}

function enter(state: DeviceState): DeviceTransition {
	return { state, effects: [] };
}

function fail(state: DeviceState, error: ServiceError): DeviceTransition {
	const failures = state.status === 'error' ? state.failures + 1 : 1;
	const delayMs = REOPEN_DELAYS_MS[failures - 1] ?? LONGEST_DELAY_MS;
	return { state: { status: 'error', error, failures }, effects: [{ type: 'retry-after', delayMs }] };
}
