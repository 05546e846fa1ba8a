import type { ClientMessageType } from '../../protocol/client-messages.ts';
import type { ServiceError } from '../../protocol/errors.ts';
import type { ServerMessage, ServerMessageOf } from '../../protocol/server-messages.ts';

/** What the answer to a failed command repeats, as far as it is known. */
export interface CommandIds {
	readonly deviceId?: string;
	readonly scanId?: string;
}

/**
 * A failure in the form that its command has for it: `subscribe:error`, `scan:error`, else `error`.
 * This file is the one place where a `ServiceError` goes on the wire; its cause and stack stay here.
 *
 * @param timestamp ISO 8601
 */
export function toFailureMessage(
	command: ClientMessageType | undefined,
	error: ServiceError,
	ids: CommandIds,
	timestamp: string,
): ServerMessage {
	const { message, code } = error;
	switch (command) {
		case 'subscribe':
			if (ids.deviceId === undefined) break;
			return { type: 'subscribe:error', deviceId: ids.deviceId, message, code };
		case 'scan:start':
		case 'verify:start':
		case 'scan:stop':
			return toScanError(error, ids, timestamp);
	}
	return toErrorMessage(error, timestamp);
}

export function toAuthError(error: ServiceError): ServerMessageOf<'auth:error'> {
	return { type: 'auth:error', message: error.message, code: error.code, ...detailsOf(error) };
}

export function toScanError(error: ServiceError, ids: CommandIds, timestamp: string): ServerMessageOf<'scan:error'> {
	const { message, code, isRetryable } = error;
	// The reference calls the text `message` in one place and `error` in another: clients of both find it.
	return {
		type: 'scan:error',
		...ids,
		message,
		error: message,
		code,
		retryable: isRetryable,
		...detailsOf(error),
		timestamp,
	};
}

export function toErrorMessage(error: ServiceError, timestamp: string): ServerMessageOf<'error'> {
	return { type: 'error', error: error.message, code: error.code, ...detailsOf(error), timestamp };
}

function detailsOf({ details }: ServiceError): { details?: Record<string, unknown> } {
	return details === undefined ? {} : { details };
}
