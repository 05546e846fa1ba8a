import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { TestServer } from '../testing/test-server.ts';
import { isServiceRunning } from './service-health.ts';

async function otherProgram(body: string): Promise<number> {
	const server = createServer((_request, response) => response.end(body)).listen(0, '127.0.0.1');
	onTestFinished(() => void server.close());
	await once(server, 'listening');
	return (server.address() as AddressInfo).port;
}

describe('isServiceRunning', () => {
	it('is true for a running service', async () => {
		const { port } = await TestServer.start();
		expect(await isServiceRunning({ host: 'localhost', port })).toBe(true);
	});

	it.each(['{"status":"fine"}', 'hello', ''])('is false for another program that answers %j', async (body) => {
		expect(await isServiceRunning({ host: '127.0.0.1', port: await otherProgram(body) })).toBe(false);
	});

	it('is false when no program listens', async () => {
		const server = await TestServer.start();
		await server.stop();
		expect(await isServiceRunning({ host: 'localhost', port: server.port })).toBe(false);
	});
});
