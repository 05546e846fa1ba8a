import {
	OperatorFailure,
	type OperatorOperation,
	type OperatorReply,
	type ResultOf,
} from '../../src/operator/contract.ts';

/** Returns the result of a call. @throws OperatorFailure if the call failed */
export function unwrapReply<O extends OperatorOperation>(reply: OperatorReply): ResultOf<O> {
	if (!reply.ok) throw new OperatorFailure(reply.problem);
	// The service and the window are built from the same contract, so the result has the type of the operation.
	return reply.result as ResultOf<O>;
}
