import type * as z from 'zod';
import { ServiceError } from './errors.ts';

/** Returns the error for an input with one wrong field. @param why completes "Field x is wrong: " */
export function fieldError(field: string, why: string, cause?: unknown): ServiceError {
	return new ServiceError('INVALID_MESSAGE', {
		message: `Field "${field}" is wrong: ${why}`,
		details: { field },
		cause,
	});
}

/** Returns the first wrong field of an input, as a dotted path (empty = the input itself), and what zod reports about it. */
export function firstIssue(error: z.ZodError | undefined): { field: string; message: string } {
	const issue = error?.issues[0];
	return { field: issue?.path.join('.') ?? '', message: issue?.message ?? '' };
}
