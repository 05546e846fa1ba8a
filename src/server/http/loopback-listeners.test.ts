import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { closeListeners, type ListenOptions, openListeners } from './loopback-listeners.ts';

async function takePort(host: string, port = 0): Promise<number> {
	const server: Server = createServer().listen({ host, port });
	await once(server, 'listening');
	onTestFinished(() => void server.close());
	return (server.address() as AddressInfo).port;
}

async function canConnect(host: string, port: number): Promise<boolean> {
	const socket = connect({ host, port });
	const isConnected = await once(socket, 'connect').then(
		() => true,
		() => false,
	);
	socket.destroy();
	return isConnected;
}

async function open(options: Partial<ListenOptions> = {}) {
	const listeners = await openListeners({ host: 'localhost', port: 0, ...options });
	onTestFinished(() => closeListeners(listeners.servers));
	return listeners;
}

/** Opens a connection that sends nothing. */
async function openSilentConnection(port: number): Promise<Socket> {
	const socket = connect({ host: '127.0.0.1', port });
	onTestFinished(() => void socket.destroy());
	await once(socket, 'connect');
	// The answer must be read, or the socket would not report the end of the connection.
	return socket.resume();
}

/** Resolves once a socket is closed; unlike `once` of node:events, also when the other side resets the connection. */
function closed(socket: Socket): Promise<void> {
	return new Promise((resolve) => socket.on('error', () => {}).once('close', () => resolve()));
}

describe('openListeners', () => {
	it('listens on the same port of both loopback addresses', async () => {
		const { port, servers, missing } = await open();
		expect(missing).toBeUndefined();
		expect(servers.map((server) => server.address())).toEqual([
			{ address: '127.0.0.1', family: 'IPv4', port },
			{ address: '::1', family: 'IPv6', port },
		]);
	});

	it('listens on the given host only', async () => {
		const { port, servers } = await open({ host: '::1' });
		expect(servers).toHaveLength(1);
		expect(await canConnect('127.0.0.1', port)).toBe(false);
	});

	it.each(['127.0.0.1', '::1'])(
		'reports port and setting when the port is taken on %s, and leaves no listener open',
		async (host) => {
			const port = await takePort(host);
			await expect(open({ port })).rejects.toMatchObject({
				code: 5003,
				message: `Port ${port} is taken by another program: stop that one, or set another port with --port or server.port`,
				details: { host: 'localhost', port, setting: 'server.port' },
			});
			expect(await canConnect(host === '::1' ? '127.0.0.1' : '::1', port)).toBe(false);
		},
	);

	it('reports host and setting when the address does not belong to this machine', async () => {
		await expect(open({ host: '192.0.2.7' })).rejects.toMatchObject({
			code: 5003,
			message: 'Address 192.0.2.7 does not belong to this machine: correct --host or server.host',
			details: { setting: 'server.host' },
		});
	});

	it('opens listeners that can be closed twice, which terminates a silent connection', async () => {
		const { port, servers } = await open();
		const silent = await openSilentConnection(port);
		const terminated = closed(silent);
		await closeListeners(servers);
		await terminated;
		await closeListeners(servers);
		expect(await canConnect('127.0.0.1', port)).toBe(false);
	});
});

describe('a connection that is not a WebSocket client', () => {
	it('is terminated when it sends nothing', async () => {
		const { port } = await open({ requestTimeoutMs: 50 });
		await closed(await openSilentConnection(port));
	});

	it.each([
		['head', 'GET / HTTP/1.1\r\nHost: '],
		['body', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n'],
	])('is terminated when it sends the %s of its request too slowly', async (_part, beginning) => {
		const { port } = await open({ requestTimeoutMs: 500 });
		const slow = await openSilentConnection(port);
		slow.write(beginning);
		const timer = setInterval(() => slow.write('x'), 20);
		onTestFinished(() => clearInterval(timer));
		await closed(slow);
	});

	it('is terminated when it does not read its response', async () => {
		const { port, servers } = await open({ requestTimeoutMs: 50 });
		// More than the kernel buffers for a connection.
		servers[0]?.on('request', (_request, response) => response.end(Buffer.alloc(64 << 20)));
		const accepted = once(servers[0] as Server, 'connection');
		const idleReader = connect({ host: '127.0.0.1', port }).pause();
		onTestFinished(() => void idleReader.destroy());
		idleReader.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
		const [socket] = await accepted;
		await closed(socket);
	});
});

describe('a WebSocket', () => {
	it('stays open when it is silent for longer than the request timeout', async () => {
		const { port, servers } = await open({ requestTimeoutMs: 50 });
		const webSocketServer = new WebSocketServer({ noServer: true });
		for (const server of servers) {
			server.on('upgrade', (...upgrade) => webSocketServer.handleUpgrade(...upgrade, () => undefined));
		}
		const client = new WebSocket(`ws://127.0.0.1:${port}`);
		onTestFinished(() => client.terminate());
		await once(client, 'open');
		await closed(await openSilentConnection(port));
		client.ping();
		await once(client, 'pong');
	});
});
