import { useSignal } from '@preact/signals';
import { OperatorFailure, type OperatorProblem } from '../../../src/operator/contract.ts';
import { ERRORS } from '../../../src/protocol/errors.ts';

/** Something that a button does, and how it goes. */
export interface Action<Input extends unknown[]> {
	/** Does it, unless it is under way. */
	readonly run: (...input: Input) => void;
	readonly isBusy: boolean;
	/** Why it failed the last time. */
	readonly problem: OperatorProblem | undefined;
	readonly clear: () => void;
}

/**
 * Gives a component something to do that takes a while and can fail, such as a call of the console.
 *
 * @param act what it is, and what follows its success
 */
export function useAction<Input extends unknown[]>(act: (...input: Input) => Promise<void>): Action<Input> {
	const isBusy = useSignal(false);
	const problem = useSignal<OperatorProblem | undefined>(undefined);
	const run = async (...input: Input) => {
		if (isBusy.value) return;
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
		isBusy: isBusy.value,
		problem: problem.value,
		clear: () => {
			problem.value = undefined;
		},
	};
}

/** Any thrown value as a problem to show; what is no failure of the console is a fault of this window. */
export function toActionProblem(thrown: unknown): OperatorProblem {
	if (thrown instanceof OperatorFailure) return thrown.problem;
	const { code, retryable } = ERRORS.INTERNAL_ERROR;
	return { error: 'INTERNAL_ERROR', code, message: String(thrown), retryable };
}
