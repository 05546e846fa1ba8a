import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { closeListeners, openListeners } from './loopback-listeners.ts';

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

async function open(options: { host: string; port: number }) {
	const listeners = await openListeners(options);
	onTestFinished(() => closeListeners(listeners.servers));
	return listeners;
}

describe('the listeners', () => {
	it('take one port on both loopbacks', async () => {
		const { port, servers, missing } = await open({ host: 'localhost', port: 0 });
		expect(missing).toBeUndefined();
		expect(servers.map((server) => server.address())).toEqual([
			{ address: '127.0.0.1', family: 'IPv4', port },
			{ address: '::1', family: 'IPv6', port },
		]);
	});

	it('take the one host that is named', async () => {
		const { port, servers } = await open({ host: '::1', port: 0 });
		expect(servers).toHaveLength(1);
		expect(await canConnect('127.0.0.1', port)).toBe(false);
	});

	it.each(['127.0.0.1', '::1'])(
		'name port and setting when the port is taken on %s, and leave nothing open',
		async (host) => {
			const port = await takePort(host);
			await expect(openListeners({ host: 'localhost', port })).rejects.toMatchObject({
				code: 5003,
				message: `Port ${port} is taken by another program: stop that one, or set another port with --port or server.port`,
				details: { host: 'localhost', port, setting: 'server.port' },
			});
			expect(await canConnect(host === '::1' ? '127.0.0.1' : '::1', port)).toBe(false);
		},
	);

	it('name host and setting when the address is not of this machine', async () => {
		await expect(openListeners({ host: '192.0.2.7', port: 0 })).rejects.toMatchObject({
			code: 5003,
			message: 'Address 192.0.2.7 is not one of this machine: correct --host or server.host',
			details: { setting: 'server.host' },
		});
	});

	it('close twice, and cut a client that says nothing', async () => {
		const { port, servers } = await open({ host: 'localhost', port: 0 });
		const silent = connect({ host: '127.0.0.1', port });
		await once(silent, 'connect');
		const cut = once(silent, 'close');
		await closeListeners(servers);
		await cut;
		await closeListeners(servers);
		expect(await canConnect('127.0.0.1', port)).toBe(false);
	});
});
