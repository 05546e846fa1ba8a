import { describe, expect, it } from 'vitest';
import { FakeReader } from '../../devices/testing/fake-driver.ts';
import type { DeviceObject } from '../../protocol/server-messages.ts';
import { NOW, OTHER_VIRTUAL, REAL, TestServer, VIRTUAL } from '../testing/test-server.ts';

function virtualDevice(id: string, serialNumber: string): DeviceObject {
	return { id, serialNumber, model: 'Virtual SLK20R', status: 'idle', firmwareVersion: '1.0.0', virtual: true };
}

const REAL_DEVICE: DeviceObject = {
	id: REAL,
	serialNumber: 'FAKE-1',
	model: 'Fake reader',
	status: 'idle',
	firmwareVersion: '0.1',
};
const VIRTUAL_DEVICES = [virtualDevice(VIRTUAL, 'VIRTUAL-0001'), virtualDevice(OTHER_VIRTUAL, 'VIRTUAL-0002')];

/** Each kind of credential, and the readers that it may see. */
const VIEWS: [string, readonly DeviceObject[]][] = [
	['live', [REAL_DEVICE]],
	['test', VIRTUAL_DEVICES],
	['admin', [...VIRTUAL_DEVICES, REAL_DEVICE]],
];

describe('the initial state', () => {
	it.each(VIEWS)('is sent to a client with a %s credential: the status, then its readers', async (as, devices) => {
		const server = await TestServer.start();
		const client = await server.connect();
		const { tokens } = server.components;
		client.send(
			as === 'admin'
				? { type: 'auth', token: await tokens.issue() }
				: { type: 'auth', apiKey: await server.key(as as 'live' | 'test') },
		);
		await client.next('auth:success');
		expect(await client.next('service:status')).toMatchObject({ status: 'running', uptime: 0, timestamp: NOW });
		const rest = (await client.drain()).filter(({ type }) => type !== 'log:entry');
		expect(rest).toEqual(devices.map((device) => ({ type: 'device:connected', device, timestamp: NOW })));
	});

	it('contains no reader for a key without device:read', async () => {
		const server = await TestServer.start();
		const client = await server.connect();
		client.send({ type: 'auth', apiKey: await server.key('live', { permissions: ['fingerprint:scan'] }) });
		expect((await client.drain()).map(({ type }) => type)).toEqual(['auth:success', 'service:status']);
	});
});

describe('devices:list', () => {
	it.each(VIEWS)('lists the readers of a client with a %s credential', async (as, devices) => {
		const server = await TestServer.start();
		const client = await server.join(as);
		client.send({ type: 'devices:list' });
		expect(await client.drain()).toEqual([{ type: 'devices', devices, timestamp: NOW }]);
	});

	it('needs device:read', async () => {
		const server = await TestServer.start();
		const client = await server.join(await server.key('live', { permissions: ['fingerprint:scan'] }));
		client.send({ type: 'devices:list' });
		expect(await client.drain()).toEqual([
			{
				type: 'error',
				error: 'This key lacks the permission device:read',
				code: 4003,
				details: { permission: 'device:read' },
				timestamp: NOW,
			},
		]);
	});
});

describe('device:connected and device:disconnected', () => {
	it.each([
		['live', true],
		['admin', true],
		['test', false],
	])('reach a client with a %s credential: %s', async (as, isReceived) => {
		const server = await TestServer.start();
		const { driver, reader } = server.components;
		const client = await server.join(as);
		driver.unplug(reader);
		driver.plug(new FakeReader());
		const events = (await client.drain()).filter(({ type }) => /^device:(dis)?connected$/.test(type));
		const device = { ...REAL_DEVICE, status: 'connected' };
		expect(events).toEqual(
			isReceived
				? [
						{ type: 'device:disconnected', deviceId: REAL, reason: 'Device unplugged', timestamp: NOW },
						{ type: 'device:connected', device, timestamp: NOW },
					]
				: [],
		);
	});

	it('do not reach a key without device:read', async () => {
		const server = await TestServer.start();
		const client = await server.join(await server.key('live', { permissions: ['fingerprint:scan'] }));
		server.components.driver.unplug(server.components.reader);
		expect(await client.drain()).toEqual([]);
	});
});
