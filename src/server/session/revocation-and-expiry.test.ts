import { describe, expect, it } from 'vitest';
import type { FakeClock } from '../../time/testing/fake-clock.ts';
import { NOW, REAL, TestServer } from '../testing/test-server.ts';

const PING_MS = 30_000;
const HOUR_MS = 3_600_000;

describe('the heartbeat', () => {
	it('pings every 30 seconds', async () => {
		const server = await TestServer.start();
		const client = await server.join('live');
		server.components.clock.advance(PING_MS - 1);
		expect(await client.drain()).toEqual([]);
		server.components.clock.advance(1);
		expect(await client.drain()).toEqual([{ type: 'ping', timestamp: '2026-01-01T00:00:30.000Z' }]);
		server.components.clock.advance(PING_MS);
		expect(await client.drain()).toEqual([{ type: 'ping', timestamp: '2026-01-01T00:01:00.000Z' }]);
	});

	it('keeps a client connected that answers, with or without a timestamp', async () => {
		const server = await TestServer.start();
		const client = await server.join('live');
		for (let i = 0; i < 20; i++) {
			server.components.clock.advance(PING_MS);
			client.send(i % 2 === 0 ? { type: 'pong' } : { type: 'pong', timestamp: NOW });
			expect(await client.drain()).toMatchObject([{ type: 'ping' }]);
		}
	});

	it('closes the connection when no pong arrives within 60 s, and stops its scan', async () => {
		const server = await TestServer.start();
		const client = await server.join('live');
		client.send({ type: 'scan:start', deviceId: REAL, options: { timeout: 120_000 } });
		await client.next('scan:started');
		server.components.clock.advance(PING_MS + 59_999);
		expect((await client.drain()).map(({ type }) => type)).toEqual(['ping', 'ping']);
		server.components.clock.advance(1);
		expect(await client.closed()).toEqual({ code: 1008, reason: 'No pong arrived in time' });
		expect(server.components.registry.get(REAL)?.status).toBe('idle');
	});

	it('uses the intervals of the settings', async () => {
		const server = await TestServer.start({ server: { pingIntervalMs: 100, pongTimeoutMs: 50 } });
		const client = await server.join('live');
		server.components.clock.advance(100);
		await client.next('ping');
		server.components.clock.advance(50);
		expect(await client.closed()).toMatchObject({ code: 1008 });
	});
});

describe('a revoked key', () => {
	it('closes its connections immediately and ends their scans', async () => {
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
		expect(server.components.registry.get(REAL)?.status).toBe('idle');
	});

	it('keeps other keys and admins connected', async () => {
		const server = await TestServer.start();
		const [other, admin] = [await server.join('live'), await server.join('admin')];
		const { key, record } = await server.components.keys.create({ name: 'Lost', environment: 'live' });
		const client = await server.join(key);
		await server.components.keys.revoke(record.id);
		await client.closed();
		await other.drain();
		await admin.drain();
	});
});

describe('a key that is rotated with an overlap', () => {
	it('keeps its idle connection until the overlap is over, then closes it with 4005', async () => {
		const server = await TestServer.start({ server: { pingIntervalMs: HOUR_MS, pongTimeoutMs: HOUR_MS } });
		const { clock, keys } = server.components;
		const { key, record } = await keys.create({ name: 'Shop', environment: 'live' });
		const client = await server.join(key);
		const successor = await server.join((await keys.rotate(record.id, 30 * 60_000)).key);
		clock.advance(30 * 60_000 - 1);
		await client.drain();
		clock.advance(1);
		expect(await client.closed()).toEqual({ code: 4005, reason: 'Token or key has expired' });
		await successor.drain();
	});
});

describe('a credential that expires', () => {
	it.each(['a key', 'an admin token'])('closes the connection with 4005 when it expires: %s', async (what) => {
		const server = await TestServer.start();
		const { clock, tokens } = server.components;
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
		// An admin receives the log entry about its own connection as well.
		const events = (await client.rest()).filter(({ type }) => type !== 'log:entry');
		expect(events).toEqual([{ type: 'error', error: 'Token or key has expired', code: 4005, timestamp }]);
		expect(await client.closed()).toEqual({ code: 4005, reason: 'Token or key has expired' });
	});

	const forward = (clock: FakeClock) => {
		clock.stepWallClock(7 * HOUR_MS);
		clock.advance(60_000);
	};
	const sleep = (clock: FakeClock) => {
		clock.sleep(8 * HOUR_MS);
		clock.advance(60_000);
	};
	const back = (clock: FakeClock) => {
		clock.stepWallClock(-7 * HOUR_MS);
		clock.advance(HOUR_MS);
	};

	it.each([
		['a key', 'when the clock is set forward', forward],
		['an admin token', 'when the clock is set forward', forward],
		['a key', 'when the computer has slept', sleep],
		['an admin token', 'when the computer has slept', sleep],
		['an admin token', 'after its hour when the clock is set back', back],
	])('closes the idle connection of %s %s', async (what, _when, pass) => {
		const server = await TestServer.start({ server: { pingIntervalMs: HOUR_MS, pongTimeoutMs: HOUR_MS } });
		const { clock, tokens } = server.components;
		const client = await server.connect();
		client.send(
			what === 'a key'
				? { type: 'auth', apiKey: await server.key('live', { expiresAt: clock.now() + HOUR_MS }) }
				: { type: 'auth', token: await tokens.issue(HOUR_MS) },
		);
		await client.next('auth:success');
		await client.drain();
		pass(clock);
		expect(await client.closed()).toEqual({ code: 4005, reason: 'Token or key has expired' });
	});
});

describe('a key that expires in an hour', () => {
	const EXPIRED = [{ type: 'error', error: 'Token or key has expired', code: 4005 }];

	async function start() {
		const server = await TestServer.start();
		const { clock } = server.components;
		const client = await server.join(await server.key('live', { expiresAt: clock.now() + HOUR_MS }));
		return { server, clock, client };
	}

	it('closes the connection at the next message when the clock is set forward, and that message is not handled', async () => {
		const { server, clock, client } = await start();
		clock.stepWallClock(7 * HOUR_MS);
		client.send({ type: 'scan:start', deviceId: REAL });
		expect(await client.rest()).toMatchObject(EXPIRED);
		expect(await client.closed()).toMatchObject({ code: 4005 });
		expect(server.components.reader.calls).toEqual(['open']);
	});

	it('keeps the connection open for as long as the clock that was set back shows', async () => {
		const { clock, client } = await start();
		clock.stepWallClock(-HOUR_MS);
		for (let i = 0; i < 119; i++) {
			clock.advance(60_000);
			client.send({ type: 'pong' });
			await client.drain();
		}
		clock.advance(60_000);
		expect(await client.closed()).toMatchObject({ code: 4005 });
	});
});

describe('an admin token', () => {
	it('closes the connection at its next message when the clock is set forward', async () => {
		const server = await TestServer.start();
		const admin = await server.join('admin');
		server.components.clock.stepWallClock(7 * HOUR_MS);
		admin.send({ type: 'devices:list' });
		expect((await admin.rest()).filter(({ type }) => type === 'devices')).toEqual([]);
		expect(await admin.closed()).toMatchObject({ code: 4005 });
	});
});
