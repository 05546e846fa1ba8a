import type { OperatorProblem } from '../../src/operator/contract.ts';
import { ERRORS } from '../../src/protocol/errors.ts';

const { code, message, retryable } = ERRORS.SERVICE_UNAVAILABLE;

/** The failure of a call while there is no connection. */
export const UNREACHABLE_PROBLEM: OperatorProblem = {
	error: 'SERVICE_UNAVAILABLE',
	code,
	message,
	retryable,
	details: { reason: 'connection' },
};
