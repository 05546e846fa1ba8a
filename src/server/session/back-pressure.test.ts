import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { GOOD_EXTRACTION } from '../testing/fake-engine.ts';
import type { TestClient } from '../testing/test-client.ts';
import { NOW, OTHER_VIRTUAL, TestServer, VIRTUAL } from '../testing/test-server.ts';

/** Characters; what the system takes for a client that does not read stays below. */
const MORE_THAN_A_SYSTEM_HOLDS = 24 * 1024 * 1024;

/** More than the operating system holds for a connection on this machine, in messages of a megabyte. */
const ENOUGH_SCANS = 60;

/** A scan whose template is a megabyte long. @returns what its client received */
async function scanSomethingLong(client: TestClient) {
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
	it('is closed with 1013 and its scans end, while others get every event', async () => {
		const server = await TestServer.start();
		server.parts.engine.extraction = { ...GOOD_EXTRACTION, template: new Uint8Array(750_000) };
		const key = await server.key('test');
		const [slow, brisk] = [await server.join(key), await server.join(key)];
		await subscribe(slow, VIRTUAL);
		await subscribe(brisk, OTHER_VIRTUAL);
		slow.send({ type: 'scan:start', deviceId: OTHER_VIRTUAL });
		await slow.next('scan:started');
		await brisk.drain();

		slow.socket.pause();
		let heard: string[] = [];
		for (let i = 0; i < ENOUGH_SCANS && !heard.includes('scan:stopped'); i++) {
			heard = (await scanSomethingLong(brisk)).map(({ type }) => type);
			expect(heard).toContain('scan:complete');
		}
		expect(heard).toContain('scan:stopped');

		slow.socket.resume();
		expect(await slow.closed()).toEqual({ code: 1013, reason: 'You do not read what is sent to you' });
	});

	it('loses log entries and is told how many, but loses no event', async () => {
		const server = await TestServer.start();
		const { server: underTest } = server.parts;
		const admin = await server.join('admin');
		const sent = 192;
		const line = { level: 'info', message: 'x'.repeat(128 * 1024), timestamp: NOW } as const;

		admin.socket.pause();
		for (let i = 0; i < sent; i++) underTest.sendLog(line);
		underTest.announce('running');
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

	it('leaves no scan behind when it is found out at the start of one', async () => {
		const server = await TestServer.start();
		const { server: underTest, scans, registry } = server.parts;
		const slow = await server.join('admin');
		slow.socket.pause();
		underTest.sendLog({ level: 'info', message: 'x'.repeat(MORE_THAN_A_SYSTEM_HOLDS), timestamp: NOW });
		const witness = await server.join('admin');
		await witness.drain();

		const started = once(scans, 'event');
		slow.send({ type: 'scan:start', deviceId: VIRTUAL });
		await started;
		const types = (await witness.drain()).map(({ type }) => type).filter((type) => type !== 'log:entry');
		expect(types).toEqual(['device:status', 'scan:started', 'device:status', 'scan:stopped']);
		expect(registry.get(VIRTUAL)?.status).toBe('idle');
		slow.socket.terminate();
	});
});

describe('a client that sends faster than it is served', () => {
	it('is held back, and served in full once it is its turn', async () => {
		const server = await TestServer.start();
		const [eager, other] = [await server.join('test'), await server.join('test')];
		const ping = JSON.stringify({ type: 'ping', padding: 'x'.repeat(60_000) });
		const count = Math.ceil(MORE_THAN_A_SYSTEM_HOLDS / ping.length);

		server.parts.artist.hold();
		eager.send({ type: 'virtual:touch', deviceId: VIRTUAL });
		for (let i = 0; i < count; i++) eager.send(ping);
		for (let i = 0; i < 50; i++) await other.drain();
		expect(eager.socket.bufferedAmount).toBeGreaterThan(0);

		server.parts.artist.finish();
		await eager.next('virtual:ok');
		for (let i = 0; i < count; i++) await eager.next('pong');
	});
});
