import { assertNever } from '../protocol/assert-never.ts';
import type { ServiceError } from '../protocol/errors.ts';
import { FAILURE_COUNT_RESET_MS, retryDelayMs } from '../time/retry-delay.ts';

/**
 * States of one plugged-in reader.
 *
 *     arrival -> connected --opened--> idle <--released/acquired--> busy
 *                    |                 ^ |                           |
 *          open-failed, faulted        | faulted                  faulted
 *                    v                 | v                           v
 *              error, waiting       opened               error, waiting
 *                    | ^               |
 *            retry-due open-failed,    |
 *                    | faulted         |
 *                    v |               |
 *              error, opening ---------+
 *
 * A departure ends every state; the registry handles it.
 */
export type DeviceState =
	| { readonly status: 'connected' }
	| (Opened & { readonly status: 'idle' })
	| (Opened & { readonly status: 'busy' })
	| {
			readonly status: 'error';
			/** Waiting: closed or being closed, until the delay has passed. */
			readonly phase: 'waiting' | 'opening';
			readonly error: ServiceError;
			/** Failures in a row; determines the delay before the next attempt to open. */
			readonly failures: number;
	  };

interface Opened {
	/** Monotonic, ms. */
	readonly openedMonotonic: number;
	/** Failures in a row before it opened: the count continues if it fails again soon. */
	readonly failures: number;
}

/** `atMonotonic`: when it happened, monotonic ms. */
export type DeviceInput =
	| { readonly type: 'opened'; readonly atMonotonic: number }
	| { readonly type: 'open-failed'; readonly error: ServiceError }
	| { readonly type: 'acquired' }
	| { readonly type: 'released' }
	| { readonly type: 'faulted'; readonly error: ServiceError; readonly atMonotonic: number }
	| { readonly type: 'retry-due' };

/** Effects that the owner runs after a transition, in order; before a delay the owner closes the reader. */
export type DeviceEffect = { readonly type: 'open' } | { readonly type: 'retry-after'; readonly delayMs: number };

export interface DeviceTransition {
	readonly state: DeviceState;
	readonly effects: readonly DeviceEffect[];
}

/** Returns the next state and its effects, or undefined if the input does not apply to this state. */
export function deviceTransition(state: DeviceState, input: DeviceInput): DeviceTransition | undefined {
	switch (input.type) {
		case 'opened':
			if (!isOpening(state)) return undefined;
			return enter({ status: 'idle', openedMonotonic: input.atMonotonic, failures: failuresOf(state) });
		case 'open-failed':
			return isOpening(state) ? fail(input.error, failuresOf(state)) : undefined;
		case 'acquired':
			return state.status === 'idle' ? enter({ ...state, status: 'busy' }) : undefined;
		case 'released':
			return state.status === 'busy' ? enter({ ...state, status: 'idle' }) : undefined;
		case 'faulted':
			return isWaiting(state) ? undefined : fail(input.error, recentFailures(state, input.atMonotonic));
		case 'retry-due':
			if (!isWaiting(state)) return undefined;
			return { state: { ...state, phase: 'opening' }, effects: [{ type: 'open' }] };
		default:
			return assertNever(input);
	}
}

function isOpening(state: DeviceState): boolean {
	return state.status === 'connected' || (state.status === 'error' && state.phase === 'opening');
}

function isWaiting(state: DeviceState): state is DeviceState & { readonly status: 'error' } {
	return state.status === 'error' && state.phase === 'waiting';
}

function failuresOf(state: DeviceState): number {
	return state.status === 'connected' ? 0 : state.failures;
}

function recentFailures(state: DeviceState, atMonotonic: number): number {
	const hasWorkedLong = 'openedMonotonic' in state && atMonotonic - state.openedMonotonic >= FAILURE_COUNT_RESET_MS;
	return hasWorkedLong ? 0 : failuresOf(state);
}

function enter(state: DeviceState): DeviceTransition {
	return { state, effects: [] };
}

function fail(error: ServiceError, earlierFailures: number): DeviceTransition {
	const failures = earlierFailures + 1;
	return {
		state: { status: 'error', phase: 'waiting', error, failures },
		effects: [{ type: 'retry-after', delayMs: retryDelayMs(failures) }],
	};
}
