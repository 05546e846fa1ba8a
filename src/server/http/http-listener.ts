import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Settings } from '../../config/settings.ts';
import type { Logger } from '../../log/logger.ts';
import { refuseWebSocket, type UpgradeRequest } from './accept-web-socket.ts';
import { pathOf } from './handshake.ts';
import { closeListeners, openListeners } from './loopback-listeners.ts';
import { serviceAddress } from './service-address.ts';

/** One of those who answer behind the door. */
export interface HttpHandler {
	/** @param address where this machine reaches the service, such as `localhost:8080` */
	respond(request: IncomingMessage, response: ServerResponse, address: string): void;
	upgrade(upgrade: UpgradeRequest): void;
}

export interface HttpListenerOptions {
	/** Who answers a path; undefined = nobody is there yet. */
	readonly faceOf: (path: string) => HttpHandler | undefined;
	readonly logger: Pick<Logger, 'warn'>;
}

/** The listeners of the service: they may outlive a stop of what answers behind them. */
export class HttpListener {
	private readonly options: HttpListenerOptions;
	private servers: readonly Server[] = [];
	private port = 0;

	constructor(options: HttpListenerOptions) {
		this.options = options;
	}

	/**
	 * Listen as the settings say; a door that is open stays where it is.
	 *
	 * @returns the port
	 * @throws ServiceError CONFIGURATION_ERROR naming port and setting
	 */
	async open(settings: Settings['server']): Promise<number> {
		if (this.servers.length > 0) return this.port;
		const { port, servers, missing } = await openListeners(settings);
		if (missing !== undefined)
			this.options.logger.warn('This machine lacks one of the loopback addresses', { missing });
		this.servers = servers;
		this.port = port;
		const address = serviceAddress({ host: settings.host, port });
		for (const server of servers) {
			server.on('request', (request, response) => this.respond(request, response, address));
			server.on('upgrade', (request, socket, head) => this.upgrade({ request, socket, head }));
		}
		return port;
	}

	/** Stop listening and cut what is still connected; idempotent. */
	async close(): Promise<void> {
		const servers = this.servers;
		this.servers = [];
		await closeListeners(servers);
	}

	private respond(request: IncomingMessage, response: ServerResponse, address: string): void {
		const face = this.options.faceOf(pathOf(request.url ?? ''));
		if (face !== undefined) face.respond(request, response, address);
		else response.writeHead(503).end();
	}

	private upgrade(upgrade: UpgradeRequest): void {
		const face = this.options.faceOf(pathOf(upgrade.request.url ?? ''));
		if (face !== undefined) face.upgrade(upgrade);
		else refuseWebSocket(upgrade, { status: 503, reason: 'The service is not running' });
	}
}
