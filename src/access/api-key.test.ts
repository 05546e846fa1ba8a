import { describe, expect, it } from 'vitest';
import { areHashesEqual, generateApiKey, hashApiKey, isApiKey, KEY_ENVIRONMENTS } from './api-key.ts';

describe('an API key', () => {
	it.each(KEY_ENVIRONMENTS)('for %s contains the environment and 32 random characters', (environment) => {
		const key = generateApiKey(environment);
		expect(key).toMatch(new RegExp(`^ak_${environment}_[A-Za-z0-9]{32}$`));
		expect(isApiKey(key)).toBe(true);
		expect(generateApiKey(environment)).not.toBe(key);
	});

	it.each([
		undefined,
		null,
		42,
		{},
		['ak_test_abcdefghijklmnopqrstuvwxyz012345'],
		'',
		'ak_test_',
		'ak_prod_abcdefghijklmnopqrstuvwxyz012345',
		'ak_test_abcdefghijklmnopqrstuvwxyz01234',
		'ak_test_abcdefghijklmnopqrstuvwxyz0123456',
		'ak_test_abcdefghijklmnopqrstuvwxyz01234-',
		' ak_test_abcdefghijklmnopqrstuvwxyz012345',
		'ak_test_abcdefghijklmnopqrstuvwxyz012345\n',
		'AK_TEST_abcdefghijklmnopqrstuvwxyz012345',
	])('is not %j', (value) => {
		expect(isApiKey(value)).toBe(false);
	});

	it('is stored as its SHA-256', () => {
		// FIPS 180-2, appendix B.1: the hash of "abc".
		expect(hashApiKey('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
	});

	it('differs from another key in its hash', () => {
		const hash = hashApiKey('one');
		expect(areHashesEqual(hash, hashApiKey('one'))).toBe(true);
		expect(areHashesEqual(hash, hashApiKey('other'))).toBe(false);
		expect(areHashesEqual(hash, hash.slice(1))).toBe(false);
		expect(areHashesEqual('é'.repeat(64), hash)).toBe(false);
	});
});
