import { describe, expect, it } from 'vitest';
import {
	type ApiKeyRecord,
	apiKeyRecordSchema,
	assertRotatable,
	createRecord,
	createSuccessor,
	principalFor,
} from './key-record.ts';

const HASH = 'a'.repeat(64);
const NOW = Date.UTC(2026, 0, 1);
const PLAIN = { name: 'Shop', environment: 'live' } as const;

describe('a new key', () => {
	it('has every permission but that for images, any origin and no expiry by default', () => {
		expect(createRecord(PLAIN, HASH, NOW)).toEqual({
			id: expect.stringMatching(/^key-[a-z0-9]{8}$/),
			name: 'Shop',
			environment: 'live',
			hash: HASH,
			permissions: ['device:read', 'fingerprint:scan', 'fingerprint:verify'],
			createdAt: '2026-01-01T00:00:00.000Z',
		});
	});

	it('has the permission for images only if the operator grants it', () => {
		const permissions = ['fingerprint:scan', 'fingerprint:image'] as const;
		expect(createRecord({ ...PLAIN, permissions: [...permissions] }, HASH, NOW).permissions).toEqual(permissions);
	});

	it('stores what the operator chose, with normalised origins', () => {
		const record = createRecord(
			{
				...PLAIN,
				permissions: ['device:read', 'device:read'],
				origins: ['HTTPS://App.example:443'],
				expiresAt: NOW + 1_000,
			},
			HASH,
			NOW,
		);
		expect(record).toMatchObject({
			permissions: ['device:read'],
			origins: ['https://app.example'],
			expiresAt: '2026-01-01T00:00:01.000Z',
		});
		expect(apiKeyRecordSchema.parse(record)).toEqual(record);
	});

	it.each(['Zoë’s till №3 👍', 'x', 'x'.repeat(100), '👍'.repeat(100)])('may be called %j', (name) => {
		expect(createRecord({ ...PLAIN, name }, HASH, NOW).name).toBe(name);
	});

	it.each([
		['name', { name: '' }],
		['name', { name: '   ' }],
		['name', { name: 'x'.repeat(101) }],
		['name', { name: 'a\nb' }],
		['name', { name: 'a\u001b[31m' }],
		['name', { name: 'a\u2028b' }],
		['name', { name: '\u202Eevil' }],
		['name', { name: 7 }],
		['environment', { environment: 'prod' }],
		['permissions', { permissions: [] }],
		['permissions.0', { permissions: ['admin'] }],
		['origins', { origins: [] }],
		['origins.0', { origins: ['app.example'] }],
		['origins.0', { origins: ['*'] }],
		['origins.0', { origins: ['null'] }],
		['origins.0', { origins: ['https://*.github.io'] }],
		['origins.0', { origins: ['http://*.app.example'] }],
		['origins.1', { origins: ['https://app.example', 'https://app.example/'] }],
		['expiresAt', { expiresAt: NOW }],
		['expiresAt', { expiresAt: Number.NaN }],
		['expiresAt', { expiresAt: 1e16 }],
	])('cannot have this %s: %j', (field, wrong) => {
		const create = () => createRecord({ ...PLAIN, ...(wrong as object) }, HASH, NOW);
		expect(create).toThrow(
			expect.objectContaining({
				error: 'INVALID_MESSAGE',
				message: expect.stringMatching(new RegExp(`^${field} must `)),
				details: { field },
			}),
		);
	});
});

describe('the successor of a key', () => {
	const OLD: ApiKeyRecord = {
		...createRecord({ ...PLAIN, permissions: ['device:read'], origins: ['https://app.example'] }, HASH, NOW),
		expiresAt: new Date(NOW + 2_000).toISOString(),
		lastUsedAt: new Date(NOW).toISOString(),
	};

	it('keeps everything except the secret, and is unused', () => {
		const hash = 'b'.repeat(64);
		const successor = createSuccessor(OLD, hash, NOW + 1_000);
		const { lastUsedAt, ...kept } = OLD;
		expect(successor).toEqual({ ...kept, id: expect.any(String), hash, createdAt: '2026-01-01T00:00:01.000Z' });
		expect(successor.id).not.toBe(OLD.id);
		expect(apiKeyRecordSchema.parse(successor)).toEqual(successor);
	});

	it.each([
		['is revoked', { revokedAt: OLD.createdAt }, NOW],
		['has expired', {}, NOW + 2_000],
		['is revoked', { revokedAt: OLD.createdAt }, NOW + 2_000],
	])('is refused for a key that %s', (state, change, now) => {
		expect(() => assertRotatable(OLD, NOW + 1_999)).not.toThrow();
		expect(() => assertRotatable({ ...OLD, ...change }, now)).toThrow(
			expect.objectContaining({
				error: 'INVALID_MESSAGE',
				message: `id names a key that ${state} and cannot be rotated: create a new key`,
				details: { field: 'id' },
			}),
		);
	});
});

describe('principalFor', () => {
	const record = createRecord(PLAIN, HASH, NOW);

	it.each([
		['live', 'real'],
		['test', 'virtual'],
	] as const)('in the %s environment sees %s readers', (environment, sees) => {
		expect(principalFor({ ...record, environment }, undefined, NOW)).toEqual({
			kind: 'key',
			keyId: record.id,
			name: 'Shop',
			permissions: ['device:read', 'fingerprint:scan', 'fingerprint:verify'],
			sees,
			expiresAt: undefined,
		});
	});

	it('returns the expiry time, from which on the key is refused', () => {
		const expiring: ApiKeyRecord = { ...record, expiresAt: new Date(NOW + 1_000).toISOString() };
		expect(principalFor(expiring, undefined, NOW + 999).expiresAt).toBe(NOW + 1_000);
		expect(() => principalFor(expiring, undefined, NOW + 1_000)).toThrow(
			expect.objectContaining({ error: 'TOKEN_EXPIRED' }),
		);
	});

	it('refuses a revoked key, expired or not', () => {
		const revoked = { ...record, revokedAt: record.createdAt, expiresAt: record.createdAt };
		expect(() => principalFor(revoked, undefined, NOW)).toThrow(expect.objectContaining({ error: 'API_KEY_REVOKED' }));
	});

	it.each([
		['https://desk.app.example', true],
		['https://app.example', false],
		['https://desk.app.example:8443', false],
		[undefined, false],
	])('accepts a key for https://*.app.example from %s: %s', (origin, isAccepted) => {
		const bound = createRecord({ ...PLAIN, origins: ['https://*.App.Example:443'] }, HASH, NOW);
		expect(bound.origins).toEqual(['https://*.app.example']);
		if (isAccepted) expect(principalFor(bound, origin, NOW)).toMatchObject({ keyId: bound.id });
		else expect(() => principalFor(bound, origin, NOW)).toThrow(expect.objectContaining({ error: 'UNAUTHORIZED' }));
	});

	it('can be read when the host of its wildcard has become a public suffix', () => {
		const stored = { ...record, origins: ['https://*.github.io'] };
		expect(apiKeyRecordSchema.parse(stored)).toEqual(stored);
	});

	it.each([
		['https://app.example', true],
		['https://other.example', false],
		['http://localhost:8080', false],
		['null', false],
		[undefined, false],
	])('accepts a key for https://app.example from %s: %s', (origin, isAccepted) => {
		const authenticate = () => principalFor({ ...record, origins: ['https://app.example'] }, origin, NOW);
		if (isAccepted) expect(authenticate()).toMatchObject({ keyId: record.id });
		else
			expect(authenticate).toThrow(
				expect.objectContaining({ error: 'UNAUTHORIZED', details: { origin: origin ?? null } }),
			);
	});
});
