import { describe, expect, it } from 'vitest';
import { FakeReader } from '../../devices/testing/fake-driver.ts';
import type { DeviceStatus, ServerMessage } from '../../protocol/server-messages.ts';
import type { TestClient } from '../testing/test-client.ts';
import { NOW, REAL, TestServer, VIRTUAL } from '../testing/test-server.ts';

const SUBSCRIBED = { type: 'subscribe:success', deviceId: REAL, message: 'Subscribed to device events' };
const UNSUBSCRIBED = { type: 'unsubscribe:success', deviceId: REAL, message: 'Unsubscribed from device events' };

function notFound(deviceId: string) {
	return { type: 'subscribe:error', deviceId, message: 'Device not found', code: 1001 };
}

function statusChange(previousStatus: DeviceStatus, status: DeviceStatus) {
	return { type: 'device:status', deviceId: REAL, status, previousStatus, timestamp: NOW };
}

async function drainStatuses(client: TestClient): Promise<ServerMessage[]> {
	return (await client.drain()).filter(({ type }) => type === 'device:status');
}

/** Changes the status of the real reader to busy and back, through a client that is not subscribed. */
async function scanOnce(server: TestServer): Promise<void> {
	const other = await server.join('live');
	other.send({ type: 'scan:start', deviceId: REAL });
	await other.next('scan:started');
	server.components.reader.answer();
	expect(await other.drain()).toMatchObject([{ type: 'fingerprint:detected' }, { type: 'scan:complete' }]);
}

describe('subscribe', () => {
	it('delivers each change of status once', async () => {
		const server = await TestServer.start();
		const client = await server.join('live');
		client.send({ type: 'subscribe', deviceId: REAL });
		expect(await client.drain()).toEqual([SUBSCRIBED]);
		await scanOnce(server);
		expect(await client.drain()).toEqual([statusChange('idle', 'busy'), statusChange('busy', 'idle')]);
	});

	it('delivers each change once, even when repeated', async () => {
		const server = await TestServer.start();
		const client = await server.join('live');
		for (let i = 0; i < 2; i++) client.send({ type: 'subscribe', deviceId: REAL });
		expect(await client.drain()).toEqual([SUBSCRIBED, SUBSCRIBED]);
		await scanOnce(server);
		expect(await client.drain()).toHaveLength(2);
	});

	it('stays in effect until unsubscribe', async () => {
		const server = await TestServer.start();
		const client = await server.join('live');
		client.send({ type: 'subscribe', deviceId: REAL });
		client.send({ type: 'unsubscribe', deviceId: REAL });
		expect(await client.drain()).toEqual([SUBSCRIBED, UNSUBSCRIBED]);
		await scanOnce(server);
		expect(await client.drain()).toEqual([]);
	});

	it('stays valid when the reader is replugged', async () => {
		const server = await TestServer.start();
		const { driver, reader } = server.components;
		const client = await server.join('live');
		client.send({ type: 'subscribe', deviceId: REAL });
		await client.next('subscribe:success');
		driver.unplug(reader);
		driver.plug(new FakeReader());
		expect((await client.drain()).map(({ type }) => type)).toEqual([
			'device:disconnected',
			'device:connected',
			'device:status',
		]);
	});

	it.each([
		['an unknown reader', 'live', 'device-099'],
		['a virtual reader with a live key', 'live', VIRTUAL],
		['a real reader with a test key', 'test', REAL],
	])('refuses %s', async (_what, as, deviceId) => {
		const server = await TestServer.start();
		const client = await server.join(as);
		client.send({ type: 'subscribe', deviceId });
		expect(await client.drain()).toEqual([notFound(deviceId)]);
	});

	it('refuses an unplugged reader', async () => {
		const server = await TestServer.start();
		server.components.driver.unplug(server.components.reader);
		const client = await server.join('live');
		client.send({ type: 'subscribe', deviceId: REAL });
		expect(await client.drain()).toEqual([notFound(REAL)]);
	});

	it('needs device:read', async () => {
		const server = await TestServer.start();
		const client = await server.join(await server.key('live', { permissions: ['fingerprint:scan'] }));
		client.send({ type: 'subscribe', deviceId: REAL });
		expect(await client.drain()).toEqual([
			{
				type: 'subscribe:error',
				deviceId: REAL,
				message: 'This key lacks the permission device:read',
				code: 4003,
			},
		]);
	});
});

describe('changes of status', () => {
	it('reach an admin without a subscription', async () => {
		const server = await TestServer.start();
		const admin = await server.join('admin');
		await scanOnce(server);
		expect(await drainStatuses(admin)).toEqual([statusChange('idle', 'busy'), statusChange('busy', 'idle')]);
	});

	it('reach no key that has not subscribed', async () => {
		const server = await TestServer.start();
		const client = await server.join('live');
		await scanOnce(server);
		expect(await client.drain()).toEqual([]);
	});
});
