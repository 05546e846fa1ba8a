import { CLIENT_MESSAGES, type ClientMessageType } from '../../../src/protocol/client-messages.ts';
import { ERRORS } from '../../../src/protocol/errors.ts';
import type { ServerMessage, ServerMessageType } from '../../../src/protocol/server-messages.ts';

/** Longest message, bytes. */
const MAX_MESSAGE_BYTES = 64 * 1024;

/** What a text is according to the protocol. */
export type Classification =
	| { readonly is: 'too long' }
	/** `fields` are the fields that may be named, as dotted paths. */
	| { readonly is: 'faulty'; readonly code: number; readonly input: unknown; readonly fields: readonly string[] }
	| { readonly is: 'valid'; readonly type: ClientMessageType; readonly input: unknown };

/** Types that answer a valid message, besides an error. A type that is missing here may be answered with any message. */
const ANSWERS: Partial<Record<ClientMessageType, readonly ServerMessageType[]>> = {
	auth: [],
	subscribe: ['subscribe:success'],
	unsubscribe: ['unsubscribe:success'],
	'devices:list': ['devices'],
	'scan:start': ['scan:started'],
	'scan:stop': ['scan:stopped'],
	'verify:start': ['verify:started'],
	ping: ['pong'],
	'virtual:touch': ['virtual:ok'],
	'virtual:lift': ['virtual:ok'],
	'virtual:unplug': ['virtual:ok'],
	'virtual:plug': ['virtual:ok'],
	'virtual:fault': ['virtual:ok'],
};

const FAULT_CODES: readonly number[] = [
	ERRORS.INVALID_JSON.code,
	ERRORS.INVALID_MESSAGE.code,
	ERRORS.UNKNOWN_MESSAGE_TYPE.code,
];

/** Classifies a text without the parser of the service, from the schemas and the reference. */
export function classify(text: string): Classification {
	if (Buffer.byteLength(text) > MAX_MESSAGE_BYTES) return { is: 'too long' };
	let input: unknown;
	try {
		// The text arrives as UTF-8, which cannot contain a lone surrogate.
		input = JSON.parse(text.toWellFormed());
	} catch {
		return { is: 'faulty', code: ERRORS.INVALID_JSON.code, input, fields: [] };
	}
	const type = typeof input === 'object' && input !== null && !Array.isArray(input) && 'type' in input && input.type;
	if (typeof type !== 'string') return { is: 'faulty', code: ERRORS.INVALID_MESSAGE.code, input, fields: ['type'] };
	const entry = Object.entries(CLIENT_MESSAGES).find(([name]) => name === type);
	if (entry === undefined) return { is: 'faulty', code: ERRORS.UNKNOWN_MESSAGE_TYPE.code, input, fields: ['type'] };
	const { success, error } = entry[1].schema.safeParse(input);
	if (success) return { is: 'valid', type: type as ClientMessageType, input };
	const fields = error.issues.map(({ path }) => path.join('.'));
	return { is: 'faulty', code: ERRORS.INVALID_MESSAGE.code, input, fields };
}

/** Returns what is wrong with the messages that an authenticated client received after a text; undefined if nothing is. */
export function wrongAnswer(text: Classification, answers: readonly ServerMessage[]): string | undefined {
	if (text.is === 'too long')
		return answers.some(isFailure) ? 'a message that is too long must close the connection' : undefined;
	const failures = answers.filter((answer) => isFailureOf(text.input, answer));
	if (text.is === 'faulty') {
		const [failure, ...others] = failures.filter(({ code }) => FAULT_CODES.includes(code));
		if (failure === undefined || others.length > 0) return `faulty input must get one error, not ${failures.length}`;
		if (failure.code !== text.code) return `the error must be ${text.code}`;
		return text.fields.length === 0 || text.fields.some((field) => names(failure, field))
			? undefined
			: `the error must name one of ${text.fields.join(', ')}`;
	}
	if (text.type === 'pong' || failures.length > 0) return undefined;
	const types = ANSWERS[text.type];
	const isAnswered = answers.some(({ type }) => types === undefined || types.includes(type));
	return isAnswered ? undefined : `${text.type} must be answered with ${types?.join(' or ')} or an error`;
}

function isFailure(message: ServerMessage): message is ServerMessage & { code: number } {
	return 'code' in message;
}

/** Returns whether a message can be the answer to an input that failed: an event of a scan that the input did not name is not. */
function isFailureOf(input: unknown, message: ServerMessage): message is ServerMessage & { code: number } {
	if (!isFailure(message)) return false;
	const ids: Readonly<Record<string, unknown>> = typeof input === 'object' && input !== null ? { ...input } : {};
	return !('scanId' in message) || message.scanId === undefined || message.scanId === ids.scanId;
}

function names(failure: ServerMessage, field: string): boolean {
	const { details, message } = { details: undefined, message: '', ...failure };
	const named = details?.field ?? '';
	// `subscribe:error` has no details, only its text.
	return named === field || (details === undefined && message.includes(`"${field}"`));
}
