import { auditedKey } from '../access/audited-key.ts';
import { tryParseOriginPattern } from '../config/origin.ts';
import type { AuditEvent } from '../log/audit/audit-event.ts';
import type { InputOf, OperatorOperation, OperatorReply, ResultOf } from './contract.ts';
import { isOperation } from './operations.ts';

type Recorded<O extends OperatorOperation> = (input: InputOf<O>, result: ResultOf<O>, by: string) => AuditEvent;

/** Operations with a separate event. Every other operation is recorded by its name and outcome. */
const EVENTS: { readonly [O in OperatorOperation]?: Recorded<O> } = {
	'key:create': (_, { key }, by) => ({ event: 'key:created', ...auditedKey(key), by }),
	'key:revoke': (_, key, by) => ({ event: 'key:revoked', ...auditedKey(key), by }),
	'key:rotate': ({ id }, { key }, by) => ({ event: 'key:rotated', replaces: id, ...auditedKey(key), by }),
	'origin:decide': ({ origin, decision }, _, by) => ({
		event: 'origin:decided',
		origin: tryParseOriginPattern(origin) ?? origin,
		decision,
		by,
	}),
	'origin:forget': ({ origin }, _, by) => ({
		event: 'origin:decided',
		origin: tryParseOriginPattern(origin) ?? origin,
		decision: 'forget',
		by,
	}),
	'settings:write': ({ values }, _, by) => ({ event: 'settings:changed', fields: Object.keys(values), by }),
};

/**
 * Returns what the audit trail records about a call.
 *
 * @param by id of the operator session
 * @returns undefined for an operation that does not exist, because its name may be any text
 */
export function auditedOperation(
	operation: string,
	input: unknown,
	reply: OperatorReply,
	by: string,
): AuditEvent | undefined {
	if (!isOperation(operation)) return undefined;
	const action = { event: 'operator:action', action: operation, ...deviceIn(input), by } as const;
	if (!reply.ok) return { ...action, outcome: 'failure', error: reply.problem.error };
	// The table pairs each operation with its own types, and a successful call had a valid input.
	const recorded = EVENTS[operation] as Recorded<OperatorOperation> | undefined;
	const own = recorded?.(input as InputOf<OperatorOperation>, reply.result as ResultOf<OperatorOperation>, by);
	return own ?? { ...action, outcome: 'success' };
}

function deviceIn(input: unknown): { deviceId?: string } {
	const isNamed = typeof input === 'object' && input !== null && 'deviceId' in input;
	return isNamed && typeof input.deviceId === 'string' ? { deviceId: input.deviceId } : {};
}
