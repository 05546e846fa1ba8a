import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../protocol/fake-clock.ts';
import { AdminTokens } from './admin-tokens.ts';
import { AuthThrottle } from './auth-throttle.ts';
import { Authenticator } from './authenticator.ts';
import { KeyStore } from './key-store.ts';

const ORIGIN = 'https://app.example';

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

const newKey = async () => (await keys.create({ name: 'Shop', environment: 'test' })).key;

/** Wrong keys, all at once; resolves with what each of them got. */
const guess = (times: number, origin: string | undefined): Promise<string[]> =>
	Promise.all(
		Array.from({ length: times }, () =>
			authenticator.authenticate({ apiKey: 'wrong' }, origin).then(
				() => 'let in',
				({ error }) => error,
			),
		),
	);

describe('the authenticator', () => {
	it('lets in who has a key or a token', async () => {
		expect(await authenticator.authenticate({ apiKey: await newKey() }, ORIGIN)).toMatchObject({ name: 'Shop' });
		expect(await authenticator.authenticate({ token: await tokens.issue() }, ORIGIN)).toMatchObject({ kind: 'admin' });
	});

	it('judges the token where both are given', async () => {
		const both = { apiKey: await newKey(), token: 'wrong' };
		await expect(authenticator.authenticate(both, ORIGIN)).rejects.toMatchObject({ error: 'INVALID_API_KEY' });
	});

	it('refuses who has neither', async () => {
		await expect(authenticator.authenticate({}, undefined)).rejects.toMatchObject({ error: 'INVALID_API_KEY' });
	});

	it('judges five of many that come at once and lets the others wait', async () => {
		const answers = await guess(12, ORIGIN);
		expect(answers).toEqual([...Array(5).fill('INVALID_API_KEY'), ...Array(7).fill('RATE_LIMIT_EXCEEDED')]);
	});

	it('says how long to wait, also to a right key, and lets it in after that', async () => {
		const apiKey = await newKey();
		await guess(5, ORIGIN);
		clock.advance(20_000);
		await expect(authenticator.authenticate({ apiKey }, ORIGIN)).rejects.toMatchObject({
			error: 'RATE_LIMIT_EXCEEDED',
			details: { retryAfter: 40 },
		});
		clock.advance(40_000);
		await expect(authenticator.authenticate({ apiKey }, ORIGIN)).resolves.toMatchObject({ name: 'Shop' });
	});

	it('lets other origins in meanwhile', async () => {
		const apiKey = await newKey();
		await guess(5, ORIGIN);
		await expect(authenticator.authenticate({ apiKey }, undefined)).resolves.toMatchObject({ name: 'Shop' });
	});

	it('counts no success as a failure', async () => {
		const apiKey = await newKey();
		for (let i = 0; i < 6; i++) await authenticator.authenticate({ apiKey }, ORIGIN);
	});
});
