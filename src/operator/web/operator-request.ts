import * as z from 'zod';
import { ServiceError } from '../../protocol/errors.ts';
import { fieldError, firstIssue } from '../../protocol/field-error.ts';
import type { OperatorRequest } from '../contract.ts';

const schema = z.discriminatedUnion('type', [
	z.object({ type: z.literal('auth'), token: z.string() }),
	z.object({ type: z.literal('call'), id: z.number(), operation: z.string(), input: z.unknown() }),
	z.object({ type: z.literal('check'), id: z.number() }),
]);

/** Parses one text frame of an operator window. @throws ServiceError INVALID_JSON, INVALID_MESSAGE naming the field */
export function parseOperatorRequest(text: string): OperatorRequest {
	let request: unknown;
	try {
		request = JSON.parse(text);
	} catch (cause) {
		throw new ServiceError('INVALID_JSON', { cause });
	}
	const { success, data, error } = schema.safeParse(request);
	if (success) return data;
	const { field, message } = firstIssue(error);
	throw fieldError(field || 'type', message, error);
}
