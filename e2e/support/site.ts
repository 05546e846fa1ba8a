import { once } from 'node:events';
import { createServer, type Server } from 'node:http';

/** A web site on a loopback address, for pages that use the service. */
export class Site {
	readonly port: number;
	private readonly server: Server;

	private constructor(server: Server, port: number) {
		this.server = server;
		this.port = port;
	}

	/** @param html content of every page */
	static async open(html: string): Promise<Site> {
		const server = createServer((_request, response) => {
			response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
		});
		await once(server.listen(0, '127.0.0.1'), 'listening');
		const address = server.address();
		if (address === null || typeof address === 'string') throw new Error('The site has no port');
		return new Site(server, address.port);
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await once(this.server.close(), 'close');
	}
}
