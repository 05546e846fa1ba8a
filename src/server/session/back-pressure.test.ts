import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { GOOD_EXTRACTION } from '../testing/fake-engine.ts';
import type { TestClient } from '../testing/test-client.ts';
import { NOW, OTHER_VIRTUAL, TestServer, VIRTUAL } from '../testing/test-server.ts';

/** Characters; more than the operating system buffers for a client that does not read. */
const MORE_THAN_SOCKET_BUFFERS = 24 * 1024 * 1024;

/** Messages of a megabyte; more than the operating system buffers for a connection. */
const MAX_SCANS = 60;

/** Runs a scan with a template of one megabyte. @returns what its client received */
async function scanLargeTemplate(client: TestClient) {
	client.send({ type: 'scan:start', deviceId: VIRTUAL });
	client.send({ type: 'virtual:touch', deviceId: VIRTUAL });
	client.send({ type: 'virtual:lift', deviceId: VIRTUAL });
	return client.drain();
}

async function subscribe(client: TestClient, ...deviceIds: string[]): Promise<void> {
	for (const deviceId of deviceIds) client.send({ type: 'subscribe', deviceId });
	await client.drain();
}

describe('a client that does not read', () => {
	it('is closed with 1013 and its scans end, while other clients receive every event', async () => {
		const server = await TestServer.start();
		server.components.engine.extraction = { ...GOOD_EXTRACTION, template: new Uint8Array(750_000) };
		const key = await server.key('test');
		const [slow, fast] = [await server.join(key), await server.join(key)];
		await subscribe(slow, VIRTUAL);
		await subscribe(fast, OTHER_VIRTUAL);
		slow.send({ type: 'scan:start', deviceId: OTHER_VIRTUAL });
		await slow.next('scan:started');
		await fast.drain();

		slow.socket.pause();
		let receivedTypes: string[] = [];
		for (let i = 0; i < MAX_SCANS && !receivedTypes.includes('scan:stopped'); i++) {
			receivedTypes = (await scanLargeTemplate(fast)).map(({ type }) => type);
			expect(receivedTypes).toContain('scan:complete');
		}
		expect(receivedTypes).toContain('scan:stopped');

		slow.socket.resume();
		expect(await slow.closed()).toEqual({ code: 1013, reason: 'This client reads too slowly; connect again' });
	});

	it('loses log entries, receives their number, and loses no event', async () => {
		const server = await TestServer.start();
		const { server: underTest } = server.components;
		const admin = await server.join('admin');
		const sent = 192;
		const line = { level: 'info', message: 'x'.repeat(128 * 1024), timestamp: NOW } as const;

		admin.socket.pause();
		for (let i = 0; i < sent; i++) underTest.sendLog(line);
		underTest.announceStatus();
		admin.socket.resume();

		const messages = await admin.drain();
		expect(messages.at(-1)).toMatchObject({ type: 'service:status' });
		const received = messages.length - 1;
		expect(messages.slice(0, received)).toEqual(Array(received).fill({ type: 'log:entry', ...line }));
		expect(received).toBeGreaterThan(0);
		expect(received).toBeLessThan(sent);

		underTest.sendLog({ ...line, message: 'next' });
		underTest.sendLog({ ...line, message: 'next but one' });
		const message = `${sent - received} log entries were lost because this client reads too slowly`;
		expect(await admin.drain()).toEqual([
			{ type: 'log:entry', level: 'warn', message, timestamp: NOW },
			{ type: 'log:entry', level: 'info', message: 'next', timestamp: NOW },
			{ type: 'log:entry', level: 'info', message: 'next but one', timestamp: NOW },
		]);
	});

	it('leaves no scan running when it is detected at the start of one', async () => {
		const server = await TestServer.start();
		const { server: underTest, scans, registry } = server.components;
		const slow = await server.join('admin');
		slow.socket.pause();
		underTest.sendLog({ level: 'info', message: 'x'.repeat(MORE_THAN_SOCKET_BUFFERS), timestamp: NOW });
		const observer = await server.join('admin');
		await observer.drain();

		const started = once(scans, 'event');
		slow.send({ type: 'scan:start', deviceId: VIRTUAL });
		await started;
		const types = (await observer.drain()).map(({ type }) => type).filter((type) => type !== 'log:entry');
		expect(types).toEqual(['device:status', 'scan:started', 'device:status', 'scan:stopped']);
		expect(registry.get(VIRTUAL)?.status).toBe('idle');
		slow.socket.terminate();
	});
});

describe('a client that sends faster than its messages are handled', () => {
	it('is throttled, and every message is answered in the end', async () => {
		const server = await TestServer.start();
		const [sender, other] = [await server.join('test'), await server.join('test')];
		const ping = JSON.stringify({ type: 'ping', padding: 'x'.repeat(60_000) });
		const count = Math.ceil(MORE_THAN_SOCKET_BUFFERS / ping.length);

		server.components.synthesis.hold();
		sender.send({ type: 'virtual:touch', deviceId: VIRTUAL });
		for (let i = 0; i < count; i++) sender.send(ping);
		for (let i = 0; i < 50; i++) await other.drain();
		expect(sender.socket.bufferedAmount).toBeGreaterThan(0);

		server.components.synthesis.release();
		await sender.next('virtual:ok');
		for (let i = 0; i < count; i++) {
			await sender.next('pong');
			// A second has room for 8 MiB.
			if (i % 100 === 99) server.components.clock.advance(1_000);
		}
	});
});
