import { describe, expect, it } from 'vitest';
import type { OperatorProblem } from '../../src/operator/contract.ts';
import { faultsOf } from './faults.ts';

const refused = (details?: OperatorProblem['details']): OperatorProblem => ({
	error: 'CONFIGURATION_ERROR',
	code: 5003,
	message: 'server.port is 99999',
	retryable: false,
	...(details && { details }),
});

describe('refused settings', () => {
	it('say what is wrong at each field', () => {
		const fields = { 'server.port': 'a whole number from 0 to 65535', 'log.level': 'one of error, warn' };
		expect(faultsOf(refused({ field: 'server.port', fields }))).toEqual(new Map(Object.entries(fields)));
	});

	it.each([undefined, {}, { fields: null }, { fields: 'all' }, { fields: {} }])(
		'were refused for another reason with details %j',
		(details) => {
			expect(faultsOf(refused(details))).toBeUndefined();
		},
	);
});
