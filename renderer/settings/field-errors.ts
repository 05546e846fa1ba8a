import type { OperatorProblem } from '../../src/operator/contract.ts';

/** Returns the error of each field that a `settings:write` refused; undefined if it failed for another reason. */
export function fieldErrorsOf({ details }: OperatorProblem): ReadonlyMap<string, string> | undefined {
	const fields = details?.fields;
	if (typeof fields !== 'object' || fields === null) return undefined;
	const errors = Object.entries(fields).map(([field, error]) => [field, String(error)] as const);
	return errors.length === 0 ? undefined : new Map(errors);
}
