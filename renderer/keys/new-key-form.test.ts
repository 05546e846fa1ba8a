import { describe, expect, it } from 'vitest';
import type { OperatorProblem } from '../../src/operator/contract.ts';
import { DEFAULT_PERMISSIONS } from '../../src/protocol/permissions.ts';
import { EMPTY_KEY_FORM, findFormError, toNewKeyInput } from './new-key-form.ts';

const NOW = Date.UTC(2026, 0, 15);

function refusal(details?: Record<string, unknown>): OperatorProblem {
	const problem = { error: 'INVALID_MESSAGE', code: 6002, message: 'wrong', retryable: false } as const;
	return details === undefined ? problem : { ...problem, details };
}

describe('toNewKeyInput', () => {
	it('requests a test key with every permission but that for images by default', () => {
		expect(toNewKeyInput({ ...EMPTY_KEY_FORM, name: ' Front desk ' }, NOW)).toEqual({
			name: 'Front desk',
			environment: 'test',
			permissions: DEFAULT_PERMISSIONS,
		});
	});

	it('requests the values of the form', () => {
		const form = {
			name: 'Front desk',
			environment: 'live',
			permissions: ['device:read'],
			expiry: 'day',
			day: '',
			origins: ' https://app.example,\nhttps://b.example  ',
		} as const;
		expect(toNewKeyInput(form, NOW)).toEqual({
			name: 'Front desk',
			environment: 'live',
			permissions: ['device:read'],
			expiresAt: NOW + 86_400_000,
			origins: ['https://app.example', 'https://b.example'],
		});
	});

	it('rejects a day in the past', () => {
		expect(toNewKeyInput({ ...EMPTY_KEY_FORM, expiry: 'date', day: '2025-12-31' }, NOW)).toEqual({
			field: 'expiresAt',
		});
	});
});

describe('a new key refused by the service', () => {
	const form = { ...EMPTY_KEY_FORM, origins: 'https://app.example, nonsense' };

	it.each([
		['name', { field: 'name' }],
		['permissions', { field: 'permissions' }],
		['permissions.0', { field: 'permissions' }],
		['expiresAt', { field: 'expiresAt' }],
		['origins.1', { field: 'origins', value: 'nonsense' }],
		['origins', { field: 'origins' }],
	])('because of %s is an error of that field', (field, fault) => {
		expect(findFormError(refusal({ field }), form)).toEqual(fault);
	});

	it.each([[{ field: 'hash' }], [{}], [undefined]])('with the details %j is not an error of a field', (details) => {
		expect(findFormError(refusal(details), form)).toBeUndefined();
	});
});
