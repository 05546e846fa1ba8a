import { describe, expect, it } from 'vitest';
import type { OperatorProblem } from '../../src/operator/contract.ts';
import { EMPTY_KEY_FORM, findFormError, toNewKeyInput } from './new-key-form.ts';

const NOW = Date.UTC(2026, 0, 15);

function refusal(details?: Record<string, unknown>): OperatorProblem {
	const problem = { error: 'INVALID_MESSAGE', code: 6002, message: 'wrong', retryable: false } as const;
	return details === undefined ? problem : { ...problem, details };
}

describe('the form for a new key', () => {
	it('asks for a test key with every permission unless it is changed', () => {
		expect(toNewKeyInput({ ...EMPTY_KEY_FORM, name: ' Front desk ' }, NOW)).toEqual({
			name: 'Front desk',
			environment: 'test',
			permissions: ['device:read', 'fingerprint:scan', 'fingerprint:verify'],
		});
	});

	it('asks for what was filled in', () => {
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

	it('finds out by itself that the picked day is over', () => {
		expect(toNewKeyInput({ ...EMPTY_KEY_FORM, expiry: 'date', day: '2025-12-31' }, NOW)).toEqual({
			field: 'expiresAt',
		});
	});
});

describe('a new key that the service refuses', () => {
	const form = { ...EMPTY_KEY_FORM, origins: 'https://app.example, nonsense' };

	it.each([
		['name', { field: 'name' }],
		['permissions', { field: 'permissions' }],
		['permissions.0', { field: 'permissions' }],
		['expiresAt', { field: 'expiresAt' }],
		['origins.1', { field: 'origins', value: 'nonsense' }],
		['origins', { field: 'origins' }],
	])('for its %s shows so at that field', (field, fault) => {
		expect(findFormError(refusal({ field }), form)).toEqual(fault);
	});

	it.each([[{ field: 'hash' }], [{}], [undefined]])('for %j has no field to show it at', (details) => {
		expect(findFormError(refusal(details), form)).toBeUndefined();
	});
});
