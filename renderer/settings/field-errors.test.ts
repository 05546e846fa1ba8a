import { describe, expect, it } from 'vitest';
import type { OperatorProblem } from '../../src/operator/contract.ts';
import { fieldErrorsOf } from './field-errors.ts';

const refused = (details?: OperatorProblem['details']): OperatorProblem => ({
	error: 'CONFIGURATION_ERROR',
	code: 5003,
	message: 'server.port is 99999',
	retryable: false,
	...(details && { details }),
});

describe('fieldErrorsOf', () => {
	it('returns the error of each field', () => {
		const fields = { 'server.port': 'a whole number from 0 to 65535', 'log.level': 'one of error, warn' };
		expect(fieldErrorsOf(refused({ field: 'server.port', fields }))).toEqual(
			new Map(Object.entries(fields).map(([field, reason]) => [field, { reason }])),
		);
	});

	it('returns that a value was changed elsewhere', () => {
		const details = { field: 'server.port', fields: { 'server.port': 'it was changed elsewhere' }, reason: 'changed' };
		expect(fieldErrorsOf(refused(details))).toEqual(new Map([['server.port', 'changed']]));
	});

	it('returns the message for a single field without a list of fields', () => {
		expect(fieldErrorsOf(refused({ field: 'server.port' }))).toEqual(
			new Map([['server.port', { reason: 'server.port is 99999' }]]),
		);
	});

	it.each([undefined, {}, { fields: null }, { fields: 'all' }, { fields: {} }])(
		'returns nothing for details %j',
		(details) => {
			expect(fieldErrorsOf(refused(details))).toBeUndefined();
		},
	);
});
