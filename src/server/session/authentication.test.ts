import { describe, expect, it, vi } from 'vitest';
import type { Principal } from '../../access/principal.ts';
import { PERMISSIONS } from '../../protocol/permissions.ts';
import type { TestClient } from '../testing/test-client.ts';
import { NOW, TestServer } from '../testing/test-server.ts';

const UNKNOWN_KEY = 'ak_live_abcdefghijklmnopqrstuvwxyz012345';
const MINUTE_MS = 60_000;
const SHOP = 'http://localhost:3000';
const TILL = 'http://localhost:4000';

/** Send an auth message, and read the whole rest of a connection that it ends. */
async function refusalOf(client: TestClient, auth: object): Promise<{ messages: unknown[]; code: number }> {
	client.send({ type: 'auth', ...auth });
	const messages = await client.rest();
	return { messages, code: (await client.closed()).code };
}

function authError(code: number, message: string, more: object = {}) {
	return { messages: [{ type: 'auth:error', message, code, ...more }], code: 4001 };
}

describe('authentication', () => {
	it('welcomes a key and lists what it may do', async () => {
		const server = await TestServer.start();
		const client = await server.connect();
		client.send({ type: 'auth', apiKey: await server.key('live', { permissions: ['device:read'] }) });
		expect(await client.next('auth:success')).toEqual({
			type: 'auth:success',
			message: 'Authentication successful',
			permissions: ['device:read'],
		});
	});

	it('welcomes an admin with every permission, before the log tells of it', async () => {
		const server = await TestServer.start();
		const client = await server.connect();
		client.send({ type: 'auth', token: await server.parts.tokens.issue() });
		expect(await client.next('auth:success')).toMatchObject({ permissions: [...PERMISSIONS] });
		expect((await client.drain()).at(-1)).toMatchObject({ type: 'log:entry', message: 'Client authenticated' });
	});

	it.each([
		['an unknown key', { apiKey: UNKNOWN_KEY }],
		['a malformed key', { apiKey: 'your-api-key-here' }],
		['a key that is no text', { apiKey: 7 }],
		['neither key nor token', {}],
	])('refuses %s with 4001', async (_what, auth) => {
		const server = await TestServer.start();
		expect(await refusalOf(await server.connect(), auth)).toEqual(authError(4001, 'Invalid API key'));
	});

	it('refuses a token that this service did not sign with 4001', async () => {
		const server = await TestServer.start();
		const refusal = await refusalOf(await server.connect(), { token: 'admin-jwt-token' });
		expect(refusal).toEqual(authError(4001, 'Invalid admin token'));
	});

	it('refuses a revoked key with 4002', async () => {
		const server = await TestServer.start();
		const apiKey = await server.key('live');
		await server.revokeAll();
		expect(await refusalOf(await server.connect(), { apiKey })).toEqual(authError(4002, 'API key is revoked'));
	});

	it('refuses an expired key and an expired token with 4005', async () => {
		const server = await TestServer.start();
		const { clock, tokens } = server.parts;
		const apiKey = await server.key('live', { expiresAt: clock.now() + MINUTE_MS });
		const token = await tokens.issue(MINUTE_MS);
		clock.advance(MINUTE_MS);
		for (const auth of [{ apiKey }, { token }]) {
			expect(await refusalOf(await server.connect(), auth)).toEqual(authError(4005, 'Token or key has expired'));
		}
	});

	it('refuses a key that is bound to another origin with 4003', async () => {
		const server = await TestServer.start();
		const apiKey = await server.key('live', { origins: [SHOP] });
		await server.join(apiKey, { origin: SHOP });
		expect(await refusalOf(await server.connect({ origin: TILL }), { apiKey })).toEqual(
			authError(4003, 'This API key may not be used from this origin', { details: { origin: TILL } }),
		);
	});

	it('answers a second auth with an error and stays', async () => {
		const server = await TestServer.start();
		const apiKey = await server.key('live');
		const client = await server.join(apiKey);
		client.send({ type: 'auth', apiKey });
		expect(await client.drain()).toEqual([
			{ type: 'error', error: 'Already authenticated', code: 6005, timestamp: NOW },
		]);
	});
});

describe('a connection that has not authenticated', () => {
	it.each([
		['a command', { type: 'scan:start', deviceId: 'device-003' }],
		['a ping', { type: 'ping' }],
		['text that is not JSON', 'auth'],
		['an unknown type', { type: 'login' }],
	])('is answered 4003 to %s and may go on', async (_what, message) => {
		const server = await TestServer.start();
		const client = await server.connect();
		client.send(message);
		expect(await client.next('error')).toEqual({
			type: 'error',
			error: 'Authenticate first',
			code: 4003,
			timestamp: NOW,
		});
		client.send({ type: 'auth', apiKey: await server.key('live') });
		await client.next('auth:success');
	});

	it('handles what was sent together with auth after it', async () => {
		const server = await TestServer.start();
		const client = await server.connect();
		client.send({ type: 'auth', apiKey: await server.key('live') });
		client.send({ type: 'devices:list' });
		await client.next('auth:success');
		expect((await client.drain()).map(({ type }) => type)).toContain('devices');
	});

	it('is closed with 4001 after ten seconds', async () => {
		const server = await TestServer.start();
		const client = await server.connect();
		server.parts.clock.advance(9_999);
		client.send({ type: 'ping' });
		await client.next('error');
		server.parts.clock.advance(1);
		expect(await client.closed()).toEqual({ code: 4001, reason: 'No auth message came in time' });
	});

	it('is not welcomed any more when its key is judged too late', async () => {
		const server = await TestServer.start();
		const { keys, clock } = server.parts;
		const apiKey = await server.key('live');
		const principal = await keys.authenticate(apiKey, undefined);
		let admit = (_: Principal) => {};
		const judgement = new Promise<Principal>((resolve) => (admit = resolve));
		const judge = vi.spyOn(keys, 'authenticate').mockReturnValue(judgement);
		const client = await server.connect();
		client.send({ type: 'auth', apiKey });
		await vi.waitFor(() => expect(judge).toHaveBeenCalled());
		clock.advance(10_000);
		admit(principal);
		expect(await client.rest()).toEqual([]);
		expect(await client.closed()).toMatchObject({ code: 4001 });
	});

	it('hears nothing of readers, scans and status', async () => {
		const server = await TestServer.start();
		const client = await server.connect();
		const { driver, reader, server: underTest } = server.parts;
		driver.unplug(reader);
		underTest.announce('running');
		client.send({ type: 'ping' });
		await client.next('error');
	});
});

describe('guessing keys', () => {
	async function failFiveTimes(server: TestServer, origin: string): Promise<void> {
		for (let i = 0; i < 5; i++) await refusalOf(await server.connect({ origin }), { apiKey: UNKNOWN_KEY });
	}

	it('makes that origin wait a minute, right keys as well', async () => {
		const server = await TestServer.start();
		const apiKey = await server.key('live');
		await failFiveTimes(server, SHOP);
		server.parts.clock.advance(20_000);
		expect(await refusalOf(await server.connect({ origin: SHOP }), { apiKey })).toEqual(
			authError(4004, 'Too many requests', { details: { retryAfter: 40 } }),
		);
		server.parts.clock.advance(40_000);
		await server.join(apiKey, { origin: SHOP });
	});

	it('does not wash the log away', async () => {
		const server = await TestServer.start();
		const admin = await server.join('admin');
		await failFiveTimes(server, SHOP);
		await admin.drain();
		await failFiveTimes(server, SHOP);
		expect((await admin.drain()).filter(({ type }) => type === 'log:entry')).toEqual([]);
	});

	it('leaves other origins and native programs alone', async () => {
		const server = await TestServer.start();
		await failFiveTimes(server, SHOP);
		await server.join('live', { origin: TILL });
		await server.join('live');
	});

	it('gains nothing from trying many at once', async () => {
		const server = await TestServer.start();
		const clients = await Promise.all(Array.from({ length: 12 }, () => server.connect()));
		const refusals = await Promise.all(clients.map((client) => refusalOf(client, { apiKey: UNKNOWN_KEY })));
		const codes = refusals.map(({ messages }) => (messages[0] as { code: number }).code);
		expect(codes.filter((code) => code === 4001)).toHaveLength(5);
		expect(codes.filter((code) => code === 4004)).toHaveLength(7);
	});
});
