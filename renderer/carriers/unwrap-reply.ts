import {
	ConsoleFailure,
	type ConsoleOperation,
	type ConsoleReply,
	type ResultOf,
} from '../../src/operator/contract.ts';

/** The result of a call. @throws ConsoleFailure where it failed */
export function unwrapReply<O extends ConsoleOperation>(reply: ConsoleReply): ResultOf<O> {
	if (!reply.ok) throw new ConsoleFailure(reply.problem);
	// The service itself answered this very operation: the contract is what both were built from.
	return reply.result as ResultOf<O>;
}
