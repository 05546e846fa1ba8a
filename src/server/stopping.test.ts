import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { SERVICE_VERSION } from '../protocol/version.ts';
import { handshakeLines, rawRequest } from './testing/raw-request.ts';
import { NOW, REAL, TestServer } from './testing/test-server.ts';

describe('a service that stops', () => {
	it('sends its status, ends the scans, then closes the connections', async () => {
		const server = await TestServer.start();
		const client = await server.join('live');
		client.send({ type: 'scan:start', deviceId: REAL });
		const { scanId } = await client.next('scan:started');
		server.components.clock.advance(2_500);
		await server.stop();
		const timestamp = '2026-01-01T00:00:02.500Z';
		const error = 'Service is stopping';
		expect(await client.rest()).toEqual([
			{ type: 'service:status', status: 'stopping', uptime: 2, version: SERVICE_VERSION, timestamp },
			{
				type: 'scan:error',
				scanId,
				deviceId: REAL,
				message: error,
				error,
				code: 5002,
				retryable: true,
				timestamp,
			},
		]);
		expect(await client.closed()).toEqual({ code: 1001, reason: 'The service is stopping' });
	});

	it('also closes unauthenticated connections', async () => {
		const server = await TestServer.start();
		const client = await server.connect();
		await server.stop();
		expect(await client.rest()).toEqual([]);
		expect(await client.closed()).toMatchObject({ code: 1001 });
	});

	it('refuses new connections while it waits for a client to answer the close frame', async () => {
		const server = await TestServer.start();
		const client = await server.join('live');
		client.socket.pause();
		const stopped = server.stop();
		expect(await rawRequest(server.port, ...handshakeLines('/'))).toMatchObject({
			status: 503,
			body: 'The service is stopped; the operator of this computer can start it\n',
		});
		client.socket.resume();
		await stopped;
		await expect(server.connect()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
	});

	it('does not wait for a client that never answers the close frame', async () => {
		const server = await TestServer.start();
		const client = await server.join('live');
		client.socket.pause();
		await server.stop();
		client.socket.resume();
		expect(await client.closed()).toMatchObject({ code: 1001 });
	});

	it('is not delayed by a client that answers the close frame with a protocol error', async () => {
		const server = await TestServer.start();
		const socket = connect({ host: '127.0.0.1', port: server.port });
		socket.write([...handshakeLines('/'), '', ''].join('\r\n'));
		await once(socket, 'data');
		// Answers with an unmasked frame, which clients must not send.
		socket.on('data', () => socket.write(Buffer.of(0x81, 0x01, 0x41)));
		await server.stop();
	});

	it('is not delayed by a refused client that keeps its connection open', async () => {
		const server = await TestServer.start();
		const socket = connect({ host: '127.0.0.1', port: server.port, allowHalfOpen: true });
		socket.write([...handshakeLines('/nowhere'), '', ''].join('\r\n'));
		await once(socket, 'data');
		await server.stop();
		socket.destroy();
	});

	it('can be stopped twice', async () => {
		const server = await TestServer.start();
		await server.stop();
		await server.components.server.close();
	});
});

describe('the status of the service', () => {
	it('is sent to every authenticated client on every change', async () => {
		const server = await TestServer.start();
		const clients = await Promise.all(['live', 'test', 'admin'].map((as) => server.join(as)));
		server.components.announce('stopping');
		for (const client of clients) {
			const status = {
				type: 'service:status',
				status: 'stopping',
				uptime: 0,
				version: SERVICE_VERSION,
				timestamp: NOW,
			};
			expect(await client.drain()).toContainEqual(status);
		}
	});
});
