import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { handshakeLines, rawRequest } from '../testing/raw-request.ts';
import { TestServer } from '../testing/test-server.ts';

const HALF_HANDSHAKE = 'GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n';

/** Opens sockets that send a text and nothing after it; they are destroyed when the test has finished. */
async function openSockets(count: number, host: string, port: number, text = ''): Promise<Socket[]> {
	const sockets = Array.from({ length: count }, () => connect({ host, port }).on('error', () => {}));
	onTestFinished(() => {
		for (const socket of sockets) socket.destroy();
	});
	for (const socket of sockets) if (text !== '') socket.write(text);
	await Promise.all(sockets.map((socket) => (socket.connecting ? once(socket, 'connect').catch(() => {}) : undefined)));
	return sockets;
}

describe('a newcomer', () => {
	it.each([
		['127.0.0.1', '127.0.0.1', HALF_HANDSHAKE],
		['::1', '[::1]', HALF_HANDSHAKE],
		['127.0.0.1', '127.0.0.1', ''],
		['::1', '[::1]', ''],
	])('is served at %s while 1 000 sockets there have not sent a whole request', async (host, urlHost, text) => {
		const server = await TestServer.start();
		await openSockets(1_000, host, server.port, text);
		const client = await server.join('test', { host: urlHost });
		await client.drain();
		expect((await rawRequest(server.port, 'GET /health HTTP/1.1', 'Host: localhost', 'Connection: close')).status).toBe(
			200,
		);
	});

	it('is served while 600 idle sockets have had their answer', async () => {
		const server = await TestServer.start();
		const idle = await openSockets(600, '127.0.0.1', server.port, 'GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n');
		await (await server.join('test')).drain();
		expect(idle).toHaveLength(600);
	});
});

describe('a WebSocket', () => {
	it('stays open while others open 1 000 sockets', async () => {
		const server = await TestServer.start();
		const client = await server.join('test');
		await openSockets(1_000, '127.0.0.1', server.port);
		await client.drain();
	});
});

describe('a refused handshake', () => {
	it('does not use up the sockets', async () => {
		const server = await TestServer.start();
		for (let i = 0; i < 600; i++) {
			const { status } = await rawRequest(server.port, ...handshakeLines('/', { Origin: 'https://evil.example' }));
			expect(status).toBe(403);
		}
		await server.join('test');
	});
});
