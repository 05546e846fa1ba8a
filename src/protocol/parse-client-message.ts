import * as z from 'zod';
import { CLIENT_MESSAGES, type ClientMessage, type ClientMessageType } from './client-messages.ts';
import { ServiceError } from './errors.ts';
import { fieldError } from './field-error.ts';

/** Input that is no message, and what is known of it. */
export interface FaultyInput {
	/** INVALID_JSON, INVALID_MESSAGE with the first wrong field in `details.field`, or UNKNOWN_MESSAGE_TYPE. */
	readonly error: ServiceError;
	/** The type, where the input had a known one: the answer may have a form of its own. */
	readonly type: ClientMessageType | undefined;
	/** The ids of the input, as far as they were readable, for the answer to repeat. */
	readonly ids: { readonly deviceId?: string; readonly scanId?: string };
}

/** Bytes from a socket turned into a message, or into the error to answer them with. */
export type ParsedClientMessage = { readonly message: ClientMessage } | FaultyInput;

/** Read one text frame; never throws, whatever the text. */
export function parseClientMessage(text: string): ParsedClientMessage {
	let input: unknown;
	try {
		input = JSON.parse(text);
	} catch (cause) {
		return { error: new ServiceError('INVALID_JSON', { cause }), type: undefined, ids: {} };
	}
	const envelope = z.object({ type: z.string() }).safeParse(input);
	if (!envelope.success) return { error: wrongField(envelope.error), type: undefined, ids: {} };

	const { type } = envelope.data;
	if (!isClientMessageType(type)) return { error: unknownType(type), type: undefined, ids: {} };
	const parsed = CLIENT_MESSAGES[type].safeParse(input, { error: sayMissing });
	return parsed.success ? { message: parsed.data } : { error: wrongField(parsed.error), type, ids: readableIds(input) };
}

/** Says so of what is missing; for everything else zod's own words do. */
function sayMissing({ code, input }: { code: string; input?: unknown }): string | undefined {
	return code === 'invalid_type' && input === undefined ? 'it is missing' : undefined;
}

function isClientMessageType(type: string): type is ClientMessageType {
	return Object.hasOwn(CLIENT_MESSAGES, type);
}

function unknownType(type: string): ServiceError {
	return new ServiceError('UNKNOWN_MESSAGE_TYPE', { details: { field: 'type', type: type.slice(0, 64) } });
}

function wrongField(error: z.ZodError): ServiceError {
	const issue = error.issues[0];
	if (issue === undefined || issue.path.length === 0) {
		return new ServiceError('INVALID_MESSAGE', {
			message: 'Message is not a JSON object with a string "type"',
			details: { field: 'type' },
		});
	}
	return fieldError(issue.path.join('.'), issue.message);
}

function readableIds(input: unknown): { deviceId?: string; scanId?: string } {
	const ids = z.object({
		deviceId: z.string().max(128).optional().catch(undefined),
		scanId: z.string().max(128).optional().catch(undefined),
	});
	const { deviceId, scanId } = ids.parse(input);
	return { ...(deviceId !== undefined && { deviceId }), ...(scanId !== undefined && { scanId }) };
}
