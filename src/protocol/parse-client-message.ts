import * as z from 'zod';
import {
	CLIENT_MESSAGES,
	type ClientMessage,
	type ClientMessageType,
	type FailureForm,
	failureFormOf,
} from './client-messages.ts';
import { ServiceError } from './errors.ts';
import { fieldError, firstIssue } from './field-error.ts';

/** Input that is not a valid message, and how to answer it. */
export interface FaultyInput {
	/** INVALID_JSON, INVALID_MESSAGE with the first wrong field in `details.field`, or UNKNOWN_MESSAGE_TYPE. */
	readonly error: ServiceError;
	/** `undefined` unless the input had a known type. */
	readonly type: ClientMessageType | undefined;
	readonly failure: FailureForm;
}

/** A text frame as a message, or as the error that answers it. */
export type ParsedClientMessage = { readonly message: ClientMessage } | FaultyInput;

// Built once: building a schema takes longer than parsing a short message.
const envelopeSchema = z.object({ type: z.string() });

/** Parses one text frame; never throws, whatever the text. */
export function parseClientMessage(text: string): ParsedClientMessage {
	let input: unknown;
	try {
		input = JSON.parse(text);
	} catch (cause) {
		return withoutType(new ServiceError('INVALID_JSON', { cause }));
	}
	const envelope = envelopeSchema.safeParse(input);
	if (!envelope.success) return withoutType(wrongField(envelope.error));

	const { type } = envelope.data;
	if (!isClientMessageType(type)) return withoutType(unknownType(type));
	const { success, data, error } = CLIENT_MESSAGES[type].schema.safeParse(input, { error: describeMissingField });
	return success ? { message: data } : { error: wrongField(error), type, failure: failureFormOf(type, input) };
}

/** Returns the message for a missing field; every other issue keeps zod's message. */
function describeMissingField({ code, input }: { code: string; input?: unknown }): string | undefined {
	return code === 'invalid_type' && input === undefined ? 'it is missing' : undefined;
}

function isClientMessageType(type: string): type is ClientMessageType {
	return Object.hasOwn(CLIENT_MESSAGES, type);
}

function withoutType(error: ServiceError): FaultyInput {
	return { error, type: undefined, failure: { type: 'error' } };
}

function unknownType(type: string): ServiceError {
	return new ServiceError('UNKNOWN_MESSAGE_TYPE', { details: { field: 'type', type: type.slice(0, 64) } });
}

function wrongField(error: z.ZodError): ServiceError {
	const { field, message } = firstIssue(error);
	if (field !== '') return fieldError(field, message);
	return new ServiceError('INVALID_MESSAGE', {
		message: 'Message is not a JSON object with a string "type"',
		details: { field: 'type' },
	});
}
