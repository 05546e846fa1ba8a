import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../time/testing/fake-clock.ts';
import { AdminTokens } from './admin-tokens.ts';
import { AuthThrottle } from './auth-throttle.ts';
import { Authenticator, type Credentials } from './authenticator.ts';
import { KeyStore } from './key-store.ts';

const UNKNOWN_KEY = 'ak_live_abcdefghijklmnopqrstuvwxyz012345';
const SHOP = 'https://shop.example';

let dataDir: string;
let clock: FakeClock;
let keys: KeyStore;
let tokens: AdminTokens;
let authenticator: Authenticator;

beforeEach(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'authenticator-'));
	clock = new FakeClock();
	keys = await KeyStore.open({ dataDir, clock });
	tokens = await AdminTokens.open({ dataDir, clock });
	authenticator = new Authenticator({ keys, tokens, throttle: new AuthThrottle(clock) });
});

afterEach(async () => {
	await keys.close();
	await rm(dataDir, { recursive: true });
});

/** Returns the error name of an attempt, or `admitted`. */
async function outcomeOf(credentials: Credentials, origin: string | undefined = SHOP): Promise<string> {
	return authenticator.authenticate(credentials, origin).then(
		() => 'admitted',
		({ error }) => error,
	);
}

async function failTimes(count: number): Promise<void> {
	for (let i = 0; i < count; i++) await outcomeOf({ apiKey: UNKNOWN_KEY });
}

describe('Authenticator', () => {
	it('returns the principal of a key', async () => {
		const { key, record } = await keys.create({ name: 'Shop', environment: 'test' });
		expect(await authenticator.authenticate({ apiKey: key }, SHOP)).toMatchObject({ kind: 'key', keyId: record.id });
	});

	it('prefers a token to a key', async () => {
		const token = await tokens.issue();
		expect(await authenticator.authenticate({ apiKey: UNKNOWN_KEY, token }, SHOP)).toMatchObject({ kind: 'admin' });
		const { key } = await keys.create({ name: 'Shop', environment: 'test' });
		expect(await outcomeOf({ apiKey: key, token: 'nonsense' })).toBe('INVALID_API_KEY');
	});

	it('refuses an attempt without credentials, and counts it', async () => {
		for (let i = 0; i < 5; i++) expect(await outcomeOf({})).toBe('INVALID_API_KEY');
		expect(await outcomeOf({})).toBe('RATE_LIMIT_EXCEEDED');
	});

	it('counts a wrong token like a wrong key', async () => {
		await failTimes(4);
		expect(await outcomeOf({ token: 'nonsense' })).toBe('INVALID_API_KEY');
		expect(await outcomeOf({ token: 'nonsense' })).toBe('RATE_LIMIT_EXCEEDED');
	});

	it('accepts a valid key and a valid token while their origin has to wait, which does not shorten the wait', async () => {
		const { key } = await keys.create({ name: 'Shop', environment: 'test' });
		await failTimes(50);
		clock.advance(15_000);
		expect(await outcomeOf({ apiKey: key })).toBe('admitted');
		expect(await outcomeOf({ token: await tokens.issue() })).toBe('admitted');
		await expect(authenticator.authenticate({ apiKey: UNKNOWN_KEY }, SHOP)).rejects.toMatchObject({
			error: 'RATE_LIMIT_EXCEEDED',
			details: { retryAfter: 45 },
		});
	});

	it('makes a revoked key wait like an unknown one', async () => {
		const { key, record } = await keys.create({ name: 'Shop', environment: 'test' });
		await keys.revoke(record.id);
		await failTimes(5);
		expect(await outcomeOf({ apiKey: key })).toBe('RATE_LIMIT_EXCEEDED');
	});

	it('does not prolong the wait by attempts that it refuses', async () => {
		await failTimes(5);
		clock.advance(30_000);
		await failTimes(5);
		clock.advance(30_000);
		expect(await outcomeOf({ apiKey: UNKNOWN_KEY })).toBe('INVALID_API_KEY');
	});

	it('counts each origin separately', async () => {
		await failTimes(5);
		expect(await outcomeOf({ apiKey: UNKNOWN_KEY }, 'https://till.example')).toBe('INVALID_API_KEY');
	});

	it('does not count successful attempts', async () => {
		const { key } = await keys.create({ name: 'Shop', environment: 'test' });
		for (let i = 0; i < 6; i++) expect(await outcomeOf({ apiKey: key })).toBe('admitted');
	});

	it('checks parallel attempts one at a time, so that none bypasses the throttle', async () => {
		const outcomes = await Promise.all(Array.from({ length: 8 }, () => outcomeOf({ apiKey: UNKNOWN_KEY })));
		expect(outcomes).toEqual([...Array(5).fill('INVALID_API_KEY'), ...Array(3).fill('RATE_LIMIT_EXCEEDED')]);
	});
});
