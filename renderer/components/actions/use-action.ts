import { useSignal } from '@preact/signals';
import { OperatorFailure, type OperatorProblem } from '../../../src/operator/contract.ts';
import { ERRORS } from '../../../src/protocol/errors.ts';
import { useOperatorStore } from '../../window-context.ts';

/** An asynchronous action of a button, with its progress and failure. */
export interface Action<Input extends unknown[]> {
	/** Starts the action, unless it is busy. */
	readonly run: (...input: Input) => void;
	/** In progress, or impossible because the connection to the service is lost. */
	readonly isBusy: boolean;
	/** Why the last run failed; undefined after a success. */
	readonly problem: OperatorProblem | undefined;
	readonly clear: () => void;
}

/**
 * Returns an action that can take time and can fail, such as a call to the service.
 *
 * @param act the action and everything that follows its success
 */
export function useAction<Input extends unknown[]>(act: (...input: Input) => Promise<void>): Action<Input> {
	const isBusy = useSignal(false);
	const problem = useSignal<OperatorProblem | undefined>(undefined);
	const { isConnected } = useOperatorStore();
	const run = async (...input: Input) => {
		if (isBusy.value || !isConnected.value) return;
		isBusy.value = true;
		problem.value = undefined;
		try {
			await act(...input);
		} catch (thrown) {
			problem.value = toActionProblem(thrown);
		} finally {
			isBusy.value = false;
		}
	};
	return {
		run: (...input) => void run(...input),
		isBusy: isBusy.value || !isConnected.value,
		problem: problem.value,
		clear: () => {
			problem.value = undefined;
		},
	};
}

/** Converts any thrown value to a problem. Anything but an `OperatorFailure` is a bug in this window. */
export function toActionProblem(thrown: unknown): OperatorProblem {
	if (thrown instanceof OperatorFailure) return thrown.problem;
	const { code, retryable } = ERRORS.INTERNAL_ERROR;
	return { error: 'INTERNAL_ERROR', code, message: String(thrown), retryable };
}
