import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { handshakeLines, rawRequest } from '../testing/raw-request.ts';
import { TestServer } from '../testing/test-server.ts';

async function statusOf(server: TestServer, path: string, headers?: Record<string, string | undefined>) {
	return (await rawRequest(server.port, ...handshakeLines(path, headers))).status;
}

describe('the handshake', () => {
	it.each([
		['127.0.0.1', '/'],
		['127.0.0.1', '/ws'],
		['[::1]', '/'],
		['[::1]', '/ws'],
		['localhost', '/ws?from=reference'],
	])('accepts a client at %s and %s', async (host, path) => {
		const server = await TestServer.start();
		const client = await server.connect({ host, path });
		client.send({ type: 'auth', apiKey: await server.key('live') });
		await client.next('auth:success');
	});

	it.each(['/health', '/ws/', '/socket'])('is answered with 404 at %s and the right paths', async (path) => {
		const server = await TestServer.start();
		expect(await rawRequest(server.port, ...handshakeLines(path))).toEqual({
			status: 404,
			headers: { connection: 'close', 'content-type': 'text/plain; charset=utf-8', 'content-length': '33' },
			body: 'The WebSocket is at / and at /ws\n',
		});
	});

	it('is refused without a Host or with one that does not name this machine', async () => {
		const server = await TestServer.start();
		const foreign = ['evil.example', 'localhost.evil.example', 'localhost:99999', '192.0.2.7', '', undefined];
		for (const Host of foreign) expect(await statusOf(server, '/', { Host }), Host).toBe(403);
	});

	it('is accepted with any host name of this machine or a configured one', async () => {
		const server = await TestServer.start({ server: { allowedHosts: ['kiosk.example'] } });
		const accepted = ['localhost', 'LOCALHOST:8080', '127.0.0.1', '[::1]:1', 'kiosk.example:443'];
		for (const Host of accepted) expect(await statusOf(server, '/', { Host }), Host).toBe(101);
	});

	it('is refused from an origin that is not allowed', async () => {
		const server = await TestServer.start({ server: { allowedOrigins: ['https://app.example'] } });
		const foreign = [
			'null',
			'https://evil.example',
			'http://localhost.evil.example',
			'file://',
			'http://app.example',
			'',
		];
		for (const Origin of foreign) expect(await statusOf(server, '/', { Origin }), Origin).toBe(403);
	});

	it('is accepted from this machine, from a configured origin, and from a program without one', async () => {
		const server = await TestServer.start({ server: { allowedOrigins: ['https://app.example'] } });
		const loopback = ['http://localhost', 'http://localhost:5173', 'https://127.0.0.1:8443', 'http://[::1]:3000'];
		for (const Origin of [...loopback, 'https://app.example', undefined]) {
			expect(await statusOf(server, '/', { Origin }), Origin).toBe(101);
		}
	});

	it('is refused with the name of the origin that the operator can add', async () => {
		const server = await TestServer.start();
		const admin = await server.join('admin');
		const { body } = await rawRequest(server.port, ...handshakeLines('/', { Origin: 'https://app.example' }));
		const reason = 'Origin https://app.example is not allowed; the operator can add it to server.allowedOrigins';
		expect(body).toBe(`${reason}\n`);
		expect(await admin.next('log:entry')).toMatchObject({ level: 'warn', metadata: { status: 403, reason } });
	});

	it.each(['null', 'file://', 'file://server', ''])(
		'is refused from origin %j with advice that helps',
		async (Origin) => {
			const server = await TestServer.start();
			const { status, body } = await rawRequest(server.port, ...handshakeLines('/', { Origin }));
			expect({ status, body }).toEqual({
				status: 403,
				body: `Origin ${Origin} is not allowed: serve the page from a web server, such as http://localhost:3000, because pages opened from a file and sandboxed frames have no origin\n`,
			});
			expect(server.components.origins.pending).toEqual([]);
		},
	);

	it('puts an undecided origin before the operator, and a blocked one not', async () => {
		const server = await TestServer.start({ server: { blockedOrigins: ['https://blocked.example'] } });
		for (const Origin of ['https://new.example', 'https://blocked.example'])
			expect(await statusOf(server, '/', { Origin })).toBe(403);
		expect(server.components.origins.pending).toMatchObject([{ origin: 'https://new.example', attempts: 1 }]);
	});

	it('has the origin of Sec-WebSocket-Origin, unless it has an Origin', async () => {
		const server = await TestServer.start();
		const status = (old: string, Origin?: string) => statusOf(server, '/', { 'Sec-WebSocket-Origin': old, Origin });
		expect(await status('http://localhost:3000')).toBe(101);
		expect(await status('https://evil.example')).toBe(403);
		expect(await status('null')).toBe(403);
		expect(await status('https://evil.example', 'http://localhost:3000')).toBe(101);
		expect(await status('http://localhost:3000', 'https://evil.example')).toBe(403);
		expect(server.components.origins.pending).toMatchObject([{ origin: 'https://evil.example', attempts: 2 }]);
	});

	it('is refused with two origins', async () => {
		const server = await TestServer.start();
		const lines = [...handshakeLines('/', { Origin: 'http://localhost' }), 'Origin: http://localhost'];
		expect((await rawRequest(server.port, ...lines)).status).toBe(403);
	});

	it('is refused with two Host headers', async () => {
		const server = await TestServer.start();
		const lines = [...handshakeLines('/'), 'Host: localhost'];
		expect(await rawRequest(server.port, ...lines)).toMatchObject({
			status: 400,
			body: 'The request has more than one Host header; send one\n',
		});
	});

	it.each(['http://localhost:8080/ws', 'ws://127.0.0.1:8080', 'ws://[::1]/?from=proxy'])(
		'is accepted at the absolute address %s',
		async (target) => {
			const server = await TestServer.start();
			expect(await statusOf(server, target)).toBe(101);
		},
	);

	it('is refused at an absolute address of another machine', async () => {
		const server = await TestServer.start();
		expect(await statusOf(server, 'ws://evil.example/ws')).toBe(403);
	});

	it('is logged at most ten times a minute when refused', async () => {
		const server = await TestServer.start();
		const admin = await server.join('admin');
		for (let i = 0; i < 12; i++) await statusOf(server, '/', { Origin: 'null' });
		expect(await admin.drain()).toHaveLength(10);
	});
});

describe('the number of connections', () => {
	it('is limited, and the response 503 states the limit', async () => {
		const server = await TestServer.start({ server: { maxConnections: 2 } });
		const [first] = [await server.join('live'), await server.join('live')];
		expect(await rawRequest(server.port, ...handshakeLines('/'))).toMatchObject({
			status: 503,
			body: '2 connections are already open; close some\n',
		});
		await first.close();
		await vi.waitFor(() => server.join('live'));
	});

	it('has a lower limit for unauthenticated connections', async () => {
		const server = await TestServer.start({ server: { maxUnauthenticated: 1 } });
		const client = await server.connect();
		expect(await rawRequest(server.port, ...handshakeLines('/'))).toMatchObject({
			status: 503,
			body: 'Too many connections have not authenticated yet; try again in a few seconds\n',
		});
		client.send({ type: 'auth', apiKey: await server.key('live') });
		await client.next('auth:success');
		await server.join('live');
	});

	it('leaves a slot to a newcomer when a client has not authenticated for more than a second', async () => {
		const server = await TestServer.start({ server: { maxUnauthenticated: 2 } });
		const first = await server.connect();
		server.components.clock.advance(500);
		await server.connect();
		server.components.clock.advance(500);
		expect(await statusOf(server, '/')).toBe(503);
		server.components.clock.advance(1);
		await server.join('live');
		expect(await first.closed()).toEqual({
			code: 1013,
			reason: 'Others wait for the place of this connection, which has not authenticated',
		});
	});

	it('has a lower limit for the unauthenticated connections of one origin', async () => {
		const server = await TestServer.start();
		const [page, other] = [{ origin: 'http://localhost:3000' }, { origin: 'http://localhost:4000' }];
		const silent = await Promise.all(Array.from({ length: 8 }, () => server.connect(page)));
		await expect(server.connect(page)).rejects.toThrow('503');
		await server.join('live', other);
		await server.join('live');
		server.components.clock.advance(1_001);
		await server.join('live', page);
		expect((await silent[0]?.closed())?.code).toBe(1013);
	});

	it('does not include clients that do not answer the close frame', async () => {
		const server = await TestServer.start({ server: { maxConnections: 2 } });
		const emptyBinaryFrame = Buffer.of(0x82, 0x80, 0, 0, 0, 0);
		for (let i = 0; i < 5; i++) {
			const socket = connect({ host: '127.0.0.1', port: server.port }).on('error', () => {});
			onTestFinished(() => void socket.destroy());
			socket.write([...handshakeLines('/'), '', ''].join('\r\n'));
			await once(socket, 'data');
			socket.write(emptyBinaryFrame);
			await once(socket, 'data');
			await (await server.join('live')).close();
		}
	});

	it('is 256, of which 16 unauthenticated, by default', async () => {
		const server = await TestServer.start();
		const unauthenticated = await Promise.all(Array.from({ length: 16 }, () => server.connect()));
		expect(await statusOf(server, '/')).toBe(503);
		const apiKey = await server.key('live');
		for (const client of unauthenticated) client.send({ type: 'auth', apiKey });
		for (const client of unauthenticated) await client.next('auth:success');
		for (let count = 16; count < 256; count += 16) {
			await Promise.all(Array.from({ length: 16 }, () => server.join(apiKey)));
		}
		await expect(server.connect()).rejects.toThrow('Unexpected server response: 503');
	});
});
