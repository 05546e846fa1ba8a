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

/** Who there is, and the readers that exist for each. */
const VIEWS: [string, readonly DeviceObject[]][] = [
	['live', [REAL_DEVICE]],
	['test', VIRTUAL_DEVICES],
	['admin', [...VIRTUAL_DEVICES, REAL_DEVICE]],
];

describe('the snapshot', () => {
	it.each(VIEWS)('shows a client with a %s credential its readers, after the status', async (as, devices) => {
		const server = await TestServer.start();
		const client = await server.connect();
		const { tokens } = server.parts;
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

	it('shows no reader to a key without device:read', async () => {
		const server = await TestServer.start();
		const client = await server.connect();
		client.send({ type: 'auth', apiKey: await server.key('live', { permissions: ['fingerprint:scan'] }) });
		expect((await client.drain()).map(({ type }) => type)).toEqual(['auth:success', 'service:status']);
	});
});

describe('devices:list', () => {
	it.each(VIEWS)('shows a client with a %s credential its readers', async (as, devices) => {
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

describe('readers that come and go', () => {
	it.each([
		['live', true],
		['admin', true],
		['test', false],
	])('are told to a client with a %s credential: %s', async (as, isTold) => {
		const server = await TestServer.start();
		const { driver, reader } = server.parts;
		const client = await server.join(as);
		driver.unplug(reader);
		driver.plug(new FakeReader());
		const events = (await client.drain()).filter(({ type }) => /^device:(dis)?connected$/.test(type));
		const device = { ...REAL_DEVICE, status: 'connected' };
		expect(events).toEqual(
			isTold
				? [
						{ type: 'device:disconnected', deviceId: REAL, reason: 'Device unplugged', timestamp: NOW },
						{ type: 'device:connected', device, timestamp: NOW },
					]
				: [],
		);
	});

	it('are not told to a key without device:read', async () => {
		const server = await TestServer.start();
		const client = await server.join(await server.key('live', { permissions: ['fingerprint:scan'] }));
		server.parts.driver.unplug(server.parts.reader);
		expect(await client.drain()).toEqual([]);
	});
});
