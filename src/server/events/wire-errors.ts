import { assertNever } from '../../protocol/assert-never.ts';
import type { FailureForm } from '../../protocol/client-messages.ts';
import type { ServiceError } from '../../protocol/errors.ts';
import type { ServerMessage, ServerMessageOf } from '../../protocol/server-messages.ts';

// This file is the one place where a `ServiceError` goes on the wire; its cause and stack stay in the process.

/** Converts an error to the answer of a failed message. @param timestamp ISO 8601 */
export function toFailureMessage(failure: FailureForm, error: ServiceError, timestamp: string): ServerMessage {
	switch (failure.type) {
		case 'subscribe:error':
			return { ...failure, message: error.message, code: error.code };
		case 'scan:error':
			return toScanError(failure, error, timestamp);
		case 'error':
			return { ...failure, error: error.message, code: error.code, ...detailsOf(error), timestamp };
		default:
			return assertNever(failure);
	}
}

export function toAuthError(error: ServiceError): ServerMessageOf<'auth:error'> {
	return { type: 'auth:error', message: error.message, code: error.code, ...detailsOf(error) };
}

function toScanError(
	failure: FailureForm & { type: 'scan:error' },
	error: ServiceError,
	timestamp: string,
): ServerMessageOf<'scan:error'> {
	const { message, code, isRetryable: retryable } = error;
	// The reference calls the text `message` in one place and `error` in another, so the message has both.
	return { ...failure, message, error: message, code, retryable, ...detailsOf(error), timestamp };
}

function detailsOf({ details }: ServiceError): { details?: Record<string, unknown> } {
	return details === undefined ? {} : { details };
}
