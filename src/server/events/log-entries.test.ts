import { describe, expect, it, vi } from 'vitest';
import { NOW, TestServer } from '../testing/test-server.ts';

const LINE = {
	level: 'info',
	message: 'Reader connected',
	metadata: { deviceId: 'device-001' },
	timestamp: NOW,
} as const;

describe('the log', () => {
	it('is told to admins alone', async () => {
		const server = await TestServer.start();
		const [admin, client, stranger] = [await server.join('admin'), await server.join('live'), await server.connect()];
		await admin.drain();
		server.parts.server.sendLog(LINE);
		expect(await admin.drain()).toEqual([{ type: 'log:entry', ...LINE }]);
		expect(await client.drain()).toEqual([]);
		stranger.send({ type: 'ping' });
		await stranger.next('error');
	});

	it('is told without metadata where there is none', async () => {
		const server = await TestServer.start();
		const admin = await server.join('admin');
		server.parts.server.sendLog({ level: 'warn', message: 'Low disk', timestamp: NOW });
		expect(await admin.drain()).toEqual([{ type: 'log:entry', level: 'warn', message: 'Low disk', timestamp: NOW }]);
	});
});

describe('a message for many', () => {
	/** How often a message of this type was serialised while `action` ran. */
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
		const { driver, reader, server: underTest } = server.parts;
		expect(countSerialised('service:status', () => underTest.announce('running'))).toBe(1);
		expect(countSerialised('device:disconnected', () => driver.unplug(reader))).toBe(1);
		expect(countSerialised('log:entry', () => underTest.sendLog(LINE))).toBe(1);
		for (const client of clients) expect((await client.drain()).map(({ type }) => type)).toContain('service:status');
	});

	it('is not serialised when nobody may hear it', async () => {
		const server = await TestServer.start();
		await server.join('live');
		expect(countSerialised('log:entry', () => server.parts.server.sendLog(LINE))).toBe(0);
	});
});
