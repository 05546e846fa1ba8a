import type { OperatorProblem } from '../../src/operator/contract.ts';

/**
 * Why a value cannot be saved: another window or program has changed it, it is not a number, or the service's reason in English,
 * without a capital letter.
 */
export type FieldError = 'changed' | 'not-a-number' | { readonly reason: string };

/** Returns the error of each field that a `settings:write` refused; undefined if it failed for another reason. */
export function fieldErrorsOf({ message, details }: OperatorProblem): ReadonlyMap<string, FieldError> | undefined {
	const { fields, field, reason } = details ?? {};
	const named = typeof fields === 'object' && fields !== null ? Object.entries(fields) : [];
	if (named.length === 0 && typeof field === 'string') named.push([field, message]);
	if (named.length === 0) return undefined;
	return new Map(named.map(([name, why]) => [name, reason === 'changed' ? 'changed' : { reason: String(why) }]));
}
