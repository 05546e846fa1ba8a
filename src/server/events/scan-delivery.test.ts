import { describe, expect, it } from 'vitest';
import type { TestClient } from '../testing/test-client.ts';
import { NOW, REAL, TestServer } from '../testing/test-server.ts';

async function startScan(client: TestClient): Promise<string> {
	client.send({ type: 'scan:start', deviceId: REAL });
	return (await client.next('scan:started')).scanId;
}

/** Returns the types of the scan events that a client has received. */
async function scanTypes(client: TestClient): Promise<string[]> {
	const types = (await client.drain()).map(({ type }) => type);
	return types.filter((type) => /^(scan|fingerprint):/.test(type));
}

async function subscribe(client: TestClient): Promise<TestClient> {
	client.send({ type: 'subscribe', deviceId: REAL });
	await client.next('subscribe:success');
	return client;
}

const WHOLE_SCAN = ['scan:started', 'fingerprint:detected', 'scan:complete'];

describe('the events of a scan', () => {
	it('reach the connection that started it, subscribed or not', async () => {
		const server = await TestServer.start();
		const client = await server.join('live');
		await startScan(client);
		server.components.reader.answer();
		expect(await scanTypes(client)).toEqual(WHOLE_SCAN.slice(1));
	});

	it('reach subscribers with the same key and admins, with identical messages', async () => {
		const server = await TestServer.start();
		const key = await server.key('live');
		const watcher = await subscribe(await server.join(key));
		const admin = await server.join('admin');
		const starter = await server.join(key);
		await startScan(starter);
		server.components.reader.answer();
		const complete = (await starter.drain()).at(-1);
		expect(complete).toMatchObject({ type: 'scan:complete', template: 'AQID' });
		for (const client of [watcher, admin]) {
			const messages = await client.drain();
			expect(messages.map(({ type }) => type).filter((type) => /^(scan|finger)/.test(type))).toEqual(WHOLE_SCAN);
			expect(messages).toContainEqual(complete);
		}
	});

	it.each([
		['the same key that has not subscribed', true, false],
		['another key that has subscribed', false, true],
		['another key that has not subscribed', false, false],
	])('never reach %s', async (_who, hasSameKey, isSubscribed) => {
		const server = await TestServer.start();
		const key = await server.key('live');
		const other = await server.join(hasSameKey ? key : 'live');
		if (isSubscribed) await subscribe(other);
		await startScan(await server.join(key));
		server.components.reader.answer();
		const messages = await other.drain();
		expect(messages.filter(({ type }) => type !== 'device:status')).toEqual([]);
		expect(JSON.stringify(messages)).not.toContain('AQID');
	});

	it('reach no key when an admin runs the scan', async () => {
		const server = await TestServer.start();
		const watcher = await subscribe(await server.join('live'));
		const admin = await server.join('admin');
		admin.send({ type: 'scan:start', deviceId: REAL });
		await admin.drain();
		server.components.reader.answer();
		expect(await scanTypes(admin)).toEqual(WHOLE_SCAN.slice(1));
		expect(await scanTypes(watcher)).toEqual([]);
	});
});

describe('scan:stop', () => {
	it('ends a scan of the same connection and releases the reader', async () => {
		const server = await TestServer.start();
		const client = await server.join('live');
		const scanId = await startScan(client);
		client.send({ type: 'scan:stop', scanId });
		expect(await client.drain()).toEqual([{ type: 'scan:stopped', scanId, timestamp: NOW }]);
		await startScan(client);
	});

	function notFound(scanId: string) {
		const text = 'Scan not found';
		const details = { scanId };
		return {
			type: 'scan:error',
			scanId,
			message: text,
			error: text,
			code: 6004,
			retryable: false,
			details,
			timestamp: NOW,
		};
	}

	it.each(['the same key', 'another key', 'an admin'])('refuses the scan of another connection to %s', async (who) => {
		const server = await TestServer.start();
		const key = await server.key('live');
		const owner = await server.join(key);
		const scanId = await startScan(owner);
		const other = await server.join(who === 'the same key' ? key : who === 'an admin' ? 'admin' : 'live');
		other.send({ type: 'scan:stop', scanId });
		expect(await other.drain()).toEqual([notFound(scanId)]);
		server.components.reader.answer();
		expect(await scanTypes(owner)).toEqual(WHOLE_SCAN.slice(1));
	});

	it('refuses an unknown scan and one that has ended', async () => {
		const server = await TestServer.start();
		const client = await server.join('live');
		const scanId = await startScan(client);
		server.components.reader.answer();
		await client.drain();
		for (const id of [scanId, 'scan-abc123']) {
			client.send({ type: 'scan:stop', scanId: id });
			expect(await client.drain()).toEqual([notFound(id)]);
		}
	});

	it('needs fingerprint:scan', async () => {
		const server = await TestServer.start();
		const client = await server.join(await server.key('live', { permissions: ['device:read'] }));
		client.send({ type: 'scan:stop', scanId: 'scan-abc123' });
		expect(await client.drain()).toMatchObject([{ type: 'scan:error', scanId: 'scan-abc123', code: 4003 }]);
	});
});

describe('a client that disconnects during a scan', () => {
	it.each([
		['with a close frame', (client: TestClient) => client.socket.close()],
		['without one', (client: TestClient) => client.socket.terminate()],
	])('%s stops its scan and releases the reader', async (_how, disconnect) => {
		const server = await TestServer.start();
		const key = await server.key('live');
		const watcher = await subscribe(await server.join(key));
		const starter = await server.join(key);
		const scanId = await startScan(starter);
		await watcher.next('device:status');
		await watcher.next('scan:started');
		disconnect(starter);
		expect(await watcher.next('device:status')).toMatchObject({ status: 'idle' });
		expect(await watcher.next('scan:stopped')).toEqual({ type: 'scan:stopped', scanId, timestamp: NOW });
	});
});
