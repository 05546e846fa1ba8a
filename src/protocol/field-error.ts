import { ServiceError } from './errors.ts';

/** What is answered when one field of an input is wrong. @param why completes "Field x is wrong: " */
export function fieldError(field: string, why: string, cause?: unknown): ServiceError {
	return new ServiceError('INVALID_MESSAGE', {
		message: `Field "${field}" is wrong: ${why}`,
		details: { field },
		cause,
	});
}
