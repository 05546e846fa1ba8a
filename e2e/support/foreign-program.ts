import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** Some other program of the machine, which listens on a port and cares for nothing. */
export class ForeignProgram {
	readonly port: number;
	private readonly server: Server;

	private constructor(server: Server, port: number) {
		this.server = server;
		this.port = port;
	}

	static async listen(): Promise<ForeignProgram> {
		const server = createServer((socket) => socket.destroy());
		await once(server.listen(0, '127.0.0.1'), 'listening');
		const address = server.address();
		if (address === null || typeof address === 'string') throw new Error('The program has no port');
		return new ForeignProgram(server, address.port);
	}

	async close(): Promise<void> {
		await once(this.server.close(), 'close');
	}
}
