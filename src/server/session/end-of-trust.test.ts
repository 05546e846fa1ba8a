import { describe, expect, it } from 'vitest';
import { NOW, REAL, TestServer } from '../testing/test-server.ts';

const PING_MS = 30_000;

describe('the heartbeat', () => {
	it('pings every 30 seconds', async () => {
		const server = await TestServer.start();
		const client = await server.join('live');
		server.parts.clock.advance(PING_MS - 1);
		expect(await client.drain()).toEqual([]);
		server.parts.clock.advance(1);
		expect(await client.drain()).toEqual([{ type: 'ping', timestamp: '2026-01-01T00:00:30.000Z' }]);
		server.parts.clock.advance(PING_MS);
		expect(await client.drain()).toEqual([{ type: 'ping', timestamp: '2026-01-01T00:01:00.000Z' }]);
	});

	it('keeps a client that answers, with or without a timestamp', async () => {
		const server = await TestServer.start();
		const client = await server.join('live');
		for (let i = 0; i < 20; i++) {
			server.parts.clock.advance(PING_MS);
			client.send(i % 2 === 0 ? { type: 'pong' } : { type: 'pong', timestamp: NOW });
			expect(await client.drain()).toMatchObject([{ type: 'ping' }]);
		}
	});

	it('closes a client that has not answered a ping for 60 seconds, and stops its scan', async () => {
		const server = await TestServer.start();
		const client = await server.join('live');
		client.send({ type: 'scan:start', deviceId: REAL, options: { timeout: 120_000 } });
		await client.next('scan:started');
		server.parts.clock.advance(PING_MS + 59_999);
		expect((await client.drain()).map(({ type }) => type)).toEqual(['ping', 'ping']);
		server.parts.clock.advance(1);
		expect(await client.closed()).toEqual({ code: 1008, reason: 'No pong came in time' });
		expect(server.parts.registry.get(REAL)?.status).toBe('idle');
	});

	it('is set by the settings', async () => {
		const server = await TestServer.start({ server: { pingIntervalMs: 100, pongTimeoutMs: 50 } });
		const client = await server.join('live');
		server.parts.clock.advance(100);
		await client.next('ping');
		server.parts.clock.advance(50);
		expect(await client.closed()).toMatchObject({ code: 1008 });
	});
});

describe('a key that is revoked', () => {
	it('loses its connections at once, and their scans end', async () => {
		const server = await TestServer.start();
		const key = await server.key('live');
		const clients = [await server.join(key), await server.join(key)];
		clients[0]?.send({ type: 'scan:start', deviceId: REAL });
		await clients[0]?.next('scan:started');
		await server.revokeAll();
		for (const client of clients) {
			expect(await client.closed()).toEqual({ code: 4002, reason: 'API key is revoked' });
		}
		expect(await clients[0]?.rest()).toMatchObject([{ type: 'scan:stopped' }]);
		expect(server.parts.registry.get(REAL)?.status).toBe('idle');
	});

	it('leaves other keys and admins connected', async () => {
		const server = await TestServer.start();
		const [other, admin] = [await server.join('live'), await server.join('admin')];
		const { key, record } = await server.parts.keys.create({ name: 'Lost', environment: 'live' });
		const client = await server.join(key);
		await server.parts.keys.revoke(record.id);
		await client.closed();
		await other.drain();
		await admin.drain();
	});
});

describe('a credential that expires', () => {
	it.each(['a key', 'an admin token'])('is told so at that moment and closes: %s', async (what) => {
		const server = await TestServer.start();
		const { clock, tokens } = server.parts;
		const client = await server.connect();
		client.send(
			what === 'a key'
				? { type: 'auth', apiKey: await server.key('live', { expiresAt: clock.now() + 2_000 }) }
				: { type: 'auth', token: await tokens.issue(2_000) },
		);
		await client.next('auth:success');
		await client.drain();
		clock.advance(1_999);
		expect(await client.drain()).toEqual([]);
		clock.advance(1);
		const timestamp = '2026-01-01T00:00:02.000Z';
		// An admin reads of its own end in the log as well.
		const events = (await client.rest()).filter(({ type }) => type !== 'log:entry');
		expect(events).toEqual([{ type: 'error', error: 'Token or key has expired', code: 4005, timestamp }]);
		expect(await client.closed()).toEqual({ code: 4005, reason: 'Token or key has expired' });
	});
});
