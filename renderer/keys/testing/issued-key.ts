import type { IssuedKey } from '../../../src/operator/contract.ts';

/** A key that was just created, for tests. */
export const ISSUED_KEY: IssuedKey = {
	secret: 'ak_test_0123',
	key: {
		id: 'key-1',
		name: 'Front desk',
		environment: 'test',
		status: 'valid',
		permissions: ['device:read'],
		createdAt: '2026-01-01T00:00:00.000Z',
	},
};
