import { describe, expect, it, vi } from 'vitest';
import { NOW, TestServer } from '../testing/test-server.ts';

const ENTRY = {
	level: 'info',
	message: 'Reader connected',
	metadata: { deviceId: 'device-001' },
	timestamp: NOW,
} as const;

describe('the log', () => {
	it('is sent to admins only', async () => {
		const server = await TestServer.start();
		const [admin, client, unauthenticated] = [
			await server.join('admin'),
			await server.join('live'),
			await server.connect(),
		];
		await admin.drain();
		server.components.server.sendLog(ENTRY);
		expect(await admin.drain()).toEqual([{ type: 'log:entry', ...ENTRY }]);
		expect(await client.drain()).toEqual([]);
		unauthenticated.send({ type: 'ping' });
		await unauthenticated.next('error');
	});

	it('is sent without metadata when there is none', async () => {
		const server = await TestServer.start();
		const admin = await server.join('admin');
		server.components.server.sendLog({ level: 'warn', message: 'Low disk', timestamp: NOW });
		expect(await admin.drain()).toEqual([{ type: 'log:entry', level: 'warn', message: 'Low disk', timestamp: NOW }]);
	});
});

describe('a message for several clients', () => {
	/** Returns how often a message of this type was serialised while `action` ran. */
	function countSerialised(type: string, action: () => void): number {
		const stringify = vi.spyOn(JSON, 'stringify');
		try {
			action();
			return stringify.mock.calls.filter(([value]) => value?.type === type).length;
		} finally {
			stringify.mockRestore();
		}
	}

	it('is serialised once', async () => {
		const server = await TestServer.start();
		const clients = await Promise.all(['admin', 'admin', 'live', 'live'].map((as) => server.join(as)));
		const { driver, reader, server: underTest } = server.components;
		expect(countSerialised('service:status', () => underTest.announceStatus())).toBe(1);
		expect(countSerialised('device:disconnected', () => driver.unplug(reader))).toBe(1);
		expect(countSerialised('log:entry', () => underTest.sendLog(ENTRY))).toBe(1);
		for (const client of clients) expect((await client.drain()).map(({ type }) => type)).toContain('service:status');
	});

	it('is not serialised when no client receives it', async () => {
		const server = await TestServer.start();
		await server.join('live');
		expect(countSerialised('log:entry', () => server.components.server.sendLog(ENTRY))).toBe(0);
	});
});
