import type { OperatorProblem, TrialScan } from '../../src/operator/contract.ts';
import { assertNever } from '../../src/protocol/assert-never.ts';
import { ERRORS } from '../../src/protocol/errors.ts';

/**
 * The state of a trial scan. Only `shown` holds an image, and it is discarded with that state.
 *
 *     ready, shown, failed --started--> waiting --scanned--> shown
 *                                          |----refused----> failed, or ready if the operator stopped it
 *                                          +--reader gone--> failed
 */
export type TrialState =
	| { readonly phase: 'ready' }
	/** `attempt` counts the scans of this view, so that a late reply to an earlier scan is ignored. */
	| { readonly phase: 'waiting'; readonly deviceId: string; readonly attempt: number }
	| { readonly phase: 'shown'; readonly scan: TrialScan }
	| { readonly phase: 'failed'; readonly problem: OperatorProblem };

export type TrialInput =
	| { readonly type: 'started'; readonly deviceId: string; readonly attempt: number }
	| { readonly type: 'scanned'; readonly attempt: number; readonly scan: TrialScan }
	| { readonly type: 'refused'; readonly attempt: number; readonly problem: OperatorProblem }
	/** Ids of the readers that are plugged in now. */
	| { readonly type: 'readers-changed'; readonly deviceIds: readonly string[] };

/** Used when the reader disappears from the list before the service reports the failed scan. */
const UNPLUGGED: OperatorProblem = { error: 'DEVICE_DISCONNECTED', ...ERRORS.DEVICE_DISCONNECTED };

/** Returns the next state; undefined if the input does not apply in this state. */
export function trialTransition(state: TrialState, input: TrialInput): TrialState | undefined {
	if (input.type === 'started') {
		const { deviceId, attempt } = input;
		return state.phase === 'waiting' ? undefined : { phase: 'waiting', deviceId, attempt };
	}
	if (state.phase !== 'waiting') return undefined;
	switch (input.type) {
		case 'scanned':
			return input.attempt === state.attempt ? { phase: 'shown', scan: input.scan } : undefined;
		case 'refused':
			return input.attempt === state.attempt ? afterRefusal(input.problem) : undefined;
		case 'readers-changed':
			return input.deviceIds.includes(state.deviceId) ? undefined : { phase: 'failed', problem: UNPLUGGED };
		default:
			return assertNever(input);
	}
}

function afterRefusal(problem: OperatorProblem): TrialState {
	return problem.details?.reason === 'stopped' ? { phase: 'ready' } : { phase: 'failed', problem };
}
