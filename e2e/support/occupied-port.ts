import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** A port on which another program listens. It closes every connection at once. */
export class OccupiedPort {
	readonly port: number;
	private readonly server: Server;

	private constructor(server: Server, port: number) {
		this.server = server;
		this.port = port;
	}

	static async open(): Promise<OccupiedPort> {
		const server = createServer((socket) => socket.destroy());
		await once(server.listen(0, '127.0.0.1'), 'listening');
		const address = server.address();
		if (address === null || typeof address === 'string') throw new Error('The server has no port');
		return new OccupiedPort(server, address.port);
	}

	async close(): Promise<void> {
		await once(this.server.close(), 'close');
	}
}
