import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Credentials } from '../../access/authenticator.ts';
import type { ServerMessage } from '../../protocol/server-messages.ts';
import { FakeClock } from '../../time/testing/fake-clock.ts';
import { TestServer, VIRTUAL } from '../testing/test-server.ts';
import { ServiceClient } from './service-client.ts';

/** Returns the types of the messages up to one of type `last`. */
async function typesUntil(messages: AsyncGenerator<ServerMessage>, last: string): Promise<string[]> {
	const types: string[] = [];
	while (types.at(-1) !== last) {
		const { value, done } = await messages.next();
		if (done) throw new Error(`Ended after ${types.join(', ')}`);
		types.push(value.type);
	}
	return types;
}

async function connect({ port }: { port: number }, credentials: Credentials): Promise<ServiceClient> {
	const client = await ServiceClient.connect({ host: 'localhost', port });
	client.authenticate(credentials);
	return client;
}

/** Starts another WebSocket server. @param onConnection handles each connection */
async function openForeign(onConnection: (socket: WebSocket) => void): Promise<{ host: string; port: number }> {
	const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
	server.on('connection', onConnection);
	onTestFinished(() => void server.close());
	await once(server, 'listening');
	return { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
}

describe('ServiceClient', () => {
	it('authenticates and yields every message except pings, which it answers', async () => {
		const server = await TestServer.start();
		const client = await connect(server, { apiKey: await server.key('live') });
		const messages = client.messages();
		expect(await typesUntil(messages, 'device:connected')).toEqual([
			'auth:success',
			'service:status',
			'device:connected',
		]);

		server.components.clock.advance(30_000);
		client.send({ type: 'unsubscribe', deviceId: VIRTUAL });
		expect(await typesUntil(messages, 'unsubscribe:success')).toEqual(['unsubscribe:success']);
		client.send({ type: 'ping' });
		expect(await typesUntil(messages, 'pong')).toEqual(['pong']);
		// An unanswered first ping would have closed the connection by now.
		server.components.clock.advance(60_000);
		client.send({ type: 'ping' });
		expect(await typesUntil(messages, 'pong')).toEqual(['pong']);
		client.close();
	});

	it('yields the last messages before the connection ended, then ends', async () => {
		const server = await TestServer.start();
		const client = await connect(server, { apiKey: 'ak_test_wrong' });
		const messages: ServerMessage[] = [];
		for await (const message of client.messages()) messages.push(message);
		expect(messages).toEqual([{ type: 'auth:error', message: 'Invalid API key', code: 4001 }]);
	});

	it('reports how to start the service when none answers', async () => {
		const server = await TestServer.start();
		await server.stop();
		await expect(connect(server, { apiKey: 'ak_test_any' })).rejects.toMatchObject({
			code: 5002,
			message: expect.stringContaining('fingerprint-service serve'),
		});
	});

	it('reports the HTTP status with which a connection is refused', async () => {
		const server = createServer((_request, response) => response.writeHead(503).end()).listen(0, '127.0.0.1');
		onTestFinished(() => void server.close());
		await once(server, 'listening');
		const { port } = server.address() as AddressInfo;
		await expect(ServiceClient.connect({ host: '127.0.0.1', port })).rejects.toMatchObject({
			code: 5002,
			message: expect.stringMatching(/^The program on 127\.0\.0\.1:\d+ refuses the connection \(HTTP status 503\)/),
		});
	});

	it('reports why the service refuses a connection', async () => {
		const server = await TestServer.start({ server: { maxUnauthenticated: 1 } });
		await ServiceClient.connect({ host: 'localhost', port: server.port });
		await expect(ServiceClient.connect({ host: 'localhost', port: server.port })).rejects.toThrow(
			/refuses the connection \(HTTP status 503\): Too many connections have not authenticated yet/,
		);
	});

	it.each<[string, (socket: WebSocket) => void]>([
		['text that is not JSON', (socket) => socket.send('hello')],
		['a message that no service sends', (socket) => socket.send('{"type":"hello"}')],
		['a field of the wrong type', (socket) => socket.send('{"type":"ping","timestamp":5}')],
		['a broken frame', ({ _socket }: WebSocket & { _socket?: Socket }) => _socket?.write(Buffer.of(0xff, 0xff))],
	])('reports that a program which sends %s is not the service', async (_what, onConnection) => {
		const client = await ServiceClient.connect(await openForeign(onConnection));
		client.authenticate({ apiKey: 'ak_test_any' });
		await expect(client.messages().next()).rejects.toMatchObject({
			code: 5002,
			message: expect.stringContaining('does not speak the protocol'),
		});
	});

	it('waits 10 s for the answer to its credentials', async () => {
		const clock = new FakeClock();
		const client = await ServiceClient.connect(await openForeign(() => {}), clock);
		client.authenticate({ apiKey: 'ak_test_any' });
		const answer = client.messages().next();
		clock.advance(9_999);
		expect(clock.pending).toBe(1);
		clock.advance(1);
		await expect(answer).rejects.toMatchObject({ code: 5002, message: expect.stringContaining('does not answer') });
	});

	it('starts no timeout when the connection has closed before it sends credentials', async () => {
		const clock = new FakeClock();
		const client = await ServiceClient.connect(await openForeign((socket) => socket.close()), clock);
		expect(await client.messages().next()).toEqual({ done: true, value: undefined });
		client.authenticate({ apiKey: 'ak_test_any' });
		expect(clock.pending).toBe(0);
	});

	it('cancels the timeout when it receives an answer', async () => {
		const [server, clock] = [await TestServer.start(), new FakeClock()];
		const client = await ServiceClient.connect({ host: 'localhost', port: server.port }, clock);
		client.authenticate({ apiKey: await server.key('live') });
		await typesUntil(client.messages(), 'auth:success');
		expect(clock.pending).toBe(0);
		client.close();
	});
});
