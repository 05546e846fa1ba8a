import type { OperatorProblem } from '../../src/operator/contract.ts';

/** What a refused `settings:write` says about each field; undefined where it was refused for another reason. */
export function faultsOf({ details }: OperatorProblem): ReadonlyMap<string, string> | undefined {
	const fields = details?.fields;
	if (typeof fields !== 'object' || fields === null) return undefined;
	const faults = Object.entries(fields).map(([field, fault]) => [field, String(fault)] as const);
	return faults.length === 0 ? undefined : new Map(faults);
}
