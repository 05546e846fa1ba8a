import { once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import type { TestClient } from '../testing/test-client.ts';
import { TestServer } from '../testing/test-server.ts';

const FLOOD = 20_000;

/** Messages of a flood that may be handled during one round trip of another client; a round trip takes a few turns of the event loop. */
const MAX_PER_ROUND_TRIP = 32;

/** Returns how much `count` grows, at most, during a round trip of a client. */
async function mostPerRoundTrip(client: TestClient, count: () => number): Promise<number> {
	const growth: number[] = [];
	for (let i = 0; i < 20; i++) {
		const before = count();
		client.send({ type: 'ping' });
		await client.next('pong');
		growth.push(count() - before);
	}
	return Math.max(...growth);
}

describe('a flood of messages', () => {
	it('from one client leaves others their turn', async () => {
		const server = await TestServer.start({ server: { messagesPerSecond: 1_000_000 } });
		const [flooder, other] = [await server.join('test'), await server.join('test')];
		const list = vi.spyOn(server.components.registry, 'list');
		for (let i = 0; i < FLOOD; i++) flooder.send({ type: 'devices:list' });
		expect(await mostPerRoundTrip(other, () => list.mock.calls.length)).toBeLessThanOrEqual(MAX_PER_ROUND_TRIP);
		expect(list.mock.calls.length).toBeLessThan(FLOOD);
		flooder.socket.terminate();
	});

	it('that waits for a slow message leaves others their turn when that is done', async () => {
		const server = await TestServer.start({ server: { messagesPerSecond: 1_000_000 } });
		const [flooder, other] = [await server.join('test'), await server.join('test')];
		const { registry, synthesis } = server.components;
		const list = vi.spyOn(registry, 'list');
		synthesis.hold();
		flooder.send({ type: 'virtual:touch', deviceId: 'device-001' });
		for (let i = 0; i < FLOOD; i++) flooder.send({ type: 'devices:list' });
		for (let i = 0; i < 50; i++) await other.drain();
		expect(list).not.toHaveBeenCalled();
		synthesis.release();
		expect(await mostPerRoundTrip(other, () => list.mock.calls.length)).toBeLessThanOrEqual(MAX_PER_ROUND_TRIP);
		flooder.socket.terminate();
	});

	it('before auth is answered twenty times and closes the connection', async () => {
		const server = await TestServer.start();
		const [flooder, other] = [await server.connect(), await server.join('test')];
		for (let i = 0; i < FLOOD; i++) flooder.send({ type: 'ping' });
		await other.drain();
		expect(await flooder.rest()).toEqual(Array(20).fill(expect.objectContaining({ type: 'error', code: 4003 })));
		expect(await flooder.closed()).toEqual({ code: 1008, reason: 'Too many faulty messages' });
		await other.drain();
	});

	it('on many connections without auth does not flood the log', async () => {
		const server = await TestServer.start();
		const admin = await server.join('admin');
		for (let i = 0; i < 15; i++) {
			const flooder = await server.connect();
			for (let fault = 0; fault < 20; fault++) flooder.send('?');
			await flooder.closed();
		}
		const entries = (await admin.drain()).filter(({ type }) => type === 'log:entry');
		expect(entries).toHaveLength(10);
		expect(entries[0]).toMatchObject({ metadata: { code: 1008, reason: 'Too many faulty messages' } });
	});

	it('of wrong keys from many origins does not flood the log', async () => {
		const server = await TestServer.start();
		const admin = await server.join('admin');
		for (let port = 3_000; port < 3_015; port++) {
			const guesser = await server.connect({ origin: `http://localhost:${port}` });
			guesser.send({ type: 'auth', apiKey: 'wrong' });
			await guesser.closed();
		}
		const entries = (await admin.drain()).filter(({ type }) => type === 'log:entry');
		expect(entries).toEqual(Array(10).fill(expect.objectContaining({ message: 'Authentication failed' })));
	});

	it('of ping frames leaves others their turn', async () => {
		const server = await TestServer.start({ server: { messagesPerSecond: 1_000_000 } });
		const [flooder, other] = [await server.join('test'), await server.join('test')];
		let pongs = 0;
		flooder.socket.on('pong', () => pongs++);
		for (let i = 0; i < FLOOD; i++) flooder.socket.ping();
		expect(await mostPerRoundTrip(other, () => pongs)).toBeLessThanOrEqual(MAX_PER_ROUND_TRIP);
		flooder.socket.terminate();
	});

	it('of fragments that never become a message closes the connection', async () => {
		const server = await TestServer.start();
		const [flooder, other] = [await server.join('test'), await server.join('test')];
		for (let i = 0; i < FLOOD; i++) flooder.socket.send('', { fin: false });
		expect(await flooder.closed()).toMatchObject({ code: 1008 });
		await other.drain();
	});
});

describe('a client over the limit', () => {
	const LIMIT = 100;

	/** Returns the ids of the answers to `unsubscribe` that have arrived. */
	async function answeredIds(client: TestClient, count: number): Promise<string[]> {
		const ids: string[] = [];
		for (let i = 0; i < count; i++) ids.push((await client.next('unsubscribe:success')).deviceId);
		return ids;
	}

	async function start() {
		const server = await TestServer.start({ server: { messagesPerSecond: LIMIT } });
		const [client, other] = [await server.join('test'), await server.join('test')];
		server.components.clock.advance(1_000);
		return { clock: server.components.clock, client, other };
	}

	it('waits until the second is over; nothing is lost and the order is kept', async () => {
		const { clock, client, other } = await start();
		const ids = Array.from({ length: 250 }, (_, i) => `device-${i}`);
		for (const deviceId of ids) client.send({ type: 'unsubscribe', deviceId });
		expect(await answeredIds(client, LIMIT)).toEqual(ids.slice(0, LIMIT));
		clock.advance(999);
		await other.drain();
		expect(client.unreadCount).toBe(0);
		clock.advance(1);
		expect(await answeredIds(client, LIMIT)).toEqual(ids.slice(LIMIT, 2 * LIMIT));
		clock.advance(1_000);
		expect(await answeredIds(client, 50)).toEqual(ids.slice(2 * LIMIT));
	});

	it('includes ping and pong frames', async () => {
		const { clock, client, other } = await start();
		for (let i = 0; i < LIMIT / 2; i++) client.socket.pong();
		for (let i = 0; i < LIMIT / 2; i++) client.socket.ping();
		client.send({ type: 'ping' });
		await once(client.socket, 'pong');
		await other.drain();
		expect(client.unreadCount).toBe(0);
		clock.advance(1_000);
		await client.next('pong');
	});

	it('is closed with 1008 in the tenth such second within a minute', async () => {
		const { clock, client, other } = await start();
		for (let i = 0; i <= 10 * LIMIT; i++) client.send({ type: 'ping' });
		for (let second = 1; second < 10; second++) {
			for (let i = 0; i < LIMIT; i++) await client.next('pong');
			// Meanwhile the next message arrives.
			await other.drain();
			clock.advance(1_000);
		}
		expect(await client.rest()).toHaveLength(LIMIT);
		expect(await client.closed()).toEqual({ code: 1008, reason: 'This client sends too many messages' });
		await other.drain();
	});

	it('can be closed while it waits', async () => {
		const { client, other } = await start();
		for (let i = 0; i <= LIMIT; i++) client.send({ type: 'ping' });
		for (let i = 0; i < LIMIT; i++) await client.next('pong');
		client.socket.close(1000);
		// Its close frame is behind the message that waits.
		await other.drain();
		client.socket.terminate();
		await other.drain();
	});
});
