import { describe, expect, it, vi } from 'vitest';
import type { Principal } from '../../access/principal.ts';
import { PERMISSIONS } from '../../protocol/permissions.ts';
import type { TestClient } from '../testing/test-client.ts';
import { NOW, TestServer } from '../testing/test-server.ts';

const UNKNOWN_KEY = 'ak_live_abcdefghijklmnopqrstuvwxyz012345';
const MINUTE_MS = 60_000;
const SHOP = 'http://localhost:3000';
const OTHER_SHOP = 'http://localhost:4000';

/** Sends an auth message and reads every message of the connection, which it ends. */
async function refusalOf(client: TestClient, auth: object): Promise<{ messages: unknown[]; code: number }> {
	client.send({ type: 'auth', ...auth });
	const messages = await client.rest();
	return { messages, code: (await client.closed()).code };
}

function authError(code: number, message: string, more: object = {}) {
	return { messages: [{ type: 'auth:error', message, code, ...more }], code: 4001 };
}

describe('authentication', () => {
	it('accepts a key and lists its permissions', async () => {
		const server = await TestServer.start();
		const client = await server.connect();
		client.send({ type: 'auth', apiKey: await server.key('live', { permissions: ['device:read'] }) });
		expect(await client.next('auth:success')).toEqual({
			type: 'auth:success',
			message: 'Authentication successful',
			permissions: ['device:read'],
		});
	});

	it('accepts an admin with every permission, before its log entry', async () => {
		const server = await TestServer.start();
		const client = await server.connect();
		client.send({ type: 'auth', token: await server.components.tokens.issue() });
		expect(await client.next('auth:success')).toMatchObject({ permissions: [...PERMISSIONS] });
		expect((await client.drain()).at(-1)).toMatchObject({ type: 'log:entry', message: 'Client authenticated' });
	});

	it.each([
		['an unknown key', { apiKey: UNKNOWN_KEY }],
		['a malformed key', { apiKey: 'your-api-key-here' }],
		['a key that is not a string', { apiKey: 7 }],
		['neither key nor token', {}],
	])('refuses %s with 4001', async (_what, auth) => {
		const server = await TestServer.start();
		expect(await refusalOf(await server.connect(), auth)).toEqual(authError(4001, 'Invalid API key'));
	});

	it('refuses a token that this service did not sign with 4001', async () => {
		const server = await TestServer.start();
		const refusal = await refusalOf(await server.connect(), { token: 'admin-jwt-token' });
		expect(refusal).toEqual(authError(4001, 'This admin token is not valid: create a new one'));
	});

	it('refuses a revoked key with 4002', async () => {
		const server = await TestServer.start();
		const apiKey = await server.key('live');
		await server.revokeAll();
		expect(await refusalOf(await server.connect(), { apiKey })).toEqual(authError(4002, 'API key is revoked'));
	});

	it('refuses an expired key and an expired token with 4005', async () => {
		const server = await TestServer.start();
		const { clock, tokens } = server.components;
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
		expect(await refusalOf(await server.connect({ origin: OTHER_SHOP }), { apiKey })).toEqual(
			authError(4003, 'This API key may not be used from this origin: use a key for this origin', {
				details: { origin: OTHER_SHOP },
			}),
		);
	});

	it('answers a second auth with an error and stays connected', async () => {
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
	])('receives 4003 for %s and may still authenticate', async (_what, message) => {
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

	it('handles messages sent right after auth once it is authenticated', async () => {
		const server = await TestServer.start();
		const client = await server.connect();
		client.send({ type: 'auth', apiKey: await server.key('live') });
		client.send({ type: 'devices:list' });
		await client.next('auth:success');
		expect((await client.drain()).map(({ type }) => type)).toContain('devices');
	});

	it('is closed with 4001 after 10 s', async () => {
		const server = await TestServer.start();
		const client = await server.connect();
		server.components.clock.advance(9_999);
		client.send({ type: 'ping' });
		await client.next('error');
		server.components.clock.advance(1);
		expect(await client.closed()).toEqual({ code: 4001, reason: 'No auth message arrived in time' });
	});

	it('is not accepted when the check of its key takes longer than the timeout', async () => {
		const server = await TestServer.start();
		const { keys, clock } = server.components;
		const apiKey = await server.key('live');
		const principal = await keys.authenticate(apiKey, undefined);
		let accept = (_: Principal) => {};
		const pending = new Promise<Principal>((resolve) => (accept = resolve));
		const authenticate = vi.spyOn(keys, 'authenticate').mockReturnValue(pending);
		const client = await server.connect();
		client.send({ type: 'auth', apiKey });
		await vi.waitFor(() => expect(authenticate).toHaveBeenCalled());
		clock.advance(10_000);
		accept(principal);
		expect(await client.rest()).toEqual([]);
		expect(await client.closed()).toMatchObject({ code: 4001 });
	});

	it('receives nothing about readers, scans and status', async () => {
		const server = await TestServer.start();
		const client = await server.connect();
		const { driver, reader, server: underTest } = server.components;
		driver.unplug(reader);
		underTest.announceStatus();
		client.send({ type: 'ping' });
		await client.next('error');
	});
});

describe('guessing keys', () => {
	async function failFiveTimes(server: TestServer, origin: string): Promise<void> {
		for (let i = 0; i < 5; i++) await refusalOf(await server.connect({ origin }), { apiKey: UNKNOWN_KEY });
	}

	it('makes that origin wait for a minute', async () => {
		const server = await TestServer.start();
		await failFiveTimes(server, SHOP);
		server.components.clock.advance(20_000);
		expect(await refusalOf(await server.connect({ origin: SHOP }), { apiKey: UNKNOWN_KEY })).toEqual(
			authError(4004, 'Too many failed authentications: wait 40 s, then try again', { details: { retryAfter: 40 } }),
		);
		server.components.clock.advance(40_000);
		expect(await refusalOf(await server.connect({ origin: SHOP }), { apiKey: UNKNOWN_KEY })).toEqual(
			authError(4001, 'Invalid API key'),
		);
	});

	it('does not lock out a valid key or an admin from the same origin', async () => {
		const server = await TestServer.start();
		await failFiveTimes(server, SHOP);
		await server.join('live', { origin: SHOP });
		await server.join('admin', { origin: SHOP });
	});

	it('does not flood the log', async () => {
		const server = await TestServer.start();
		const admin = await server.join('admin');
		await failFiveTimes(server, SHOP);
		await admin.drain();
		await failFiveTimes(server, SHOP);
		expect((await admin.drain()).filter(({ type }) => type === 'log:entry')).toEqual([]);
	});

	it('does not affect other origins and native programs', async () => {
		const server = await TestServer.start();
		await failFiveTimes(server, SHOP);
		await server.join('live', { origin: OTHER_SHOP });
		await server.join('live');
	});

	it('is limited in the same way on parallel connections', async () => {
		const server = await TestServer.start();
		const clients = await Promise.all(Array.from({ length: 12 }, () => server.connect()));
		const refusals = await Promise.all(clients.map((client) => refusalOf(client, { apiKey: UNKNOWN_KEY })));
		const codes = refusals.map(({ messages }) => (messages[0] as { code: number }).code);
		expect(codes.filter((code) => code === 4001)).toHaveLength(5);
		expect(codes.filter((code) => code === 4004)).toHaveLength(7);
	});
});
