import {
	OperatorFailure,
	type OperatorOperation,
	type OperatorReply,
	type ResultOf,
} from '../../src/operator/contract.ts';

/** The result of a call. @throws OperatorFailure where it failed */
export function unwrapReply<O extends OperatorOperation>(reply: OperatorReply): ResultOf<O> {
	if (!reply.ok) throw new OperatorFailure(reply.problem);
	// The service itself answered this very operation: the contract is what both were built from.
	return reply.result as ResultOf<O>;
}
