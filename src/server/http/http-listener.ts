import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import type { Settings } from '../../config/settings.ts';
import type { Logger } from '../../log/logger.ts';
import { ServiceError } from '../../protocol/errors.ts';
import { refuseWebSocket, type UpgradeRequest } from './accept-web-socket.ts';
import { closeListeners, openListeners } from './loopback-listeners.ts';
import { pathOf } from './request-target.ts';
import { type ListeningAddress, serviceAddress } from './service-address.ts';

/** Answers the requests of some paths on the service's port. */
export interface HttpHandler {
	/** @param address address of the service on this machine, such as `localhost:8080` */
	respond(request: IncomingMessage, response: ServerResponse, address: string): void;
	upgrade(upgrade: UpgradeRequest): void;
}

export interface HttpListenerOptions {
	/** Returns the handler of a path; `undefined` = the service is not running. */
	readonly handlerFor: (path: string) => HttpHandler | undefined;
	readonly logger: Pick<Logger, 'warn'>;
}

/** Listens on the service's port. It stays open while the service is stopped, so that the operator window can start it again. */
export class HttpListener {
	private readonly options: HttpListenerOptions;
	private servers: readonly Server[] = [];
	private current: ListeningAddress | undefined;
	/** Host and port of the settings with which `open` was called. */
	private requested: ListeningAddress | undefined;

	constructor(options: HttpListenerOptions) {
		this.options = options;
	}

	/** The current or the last address. @throws ServiceError SERVICE_UNAVAILABLE before the first `open` */
	get address(): ListeningAddress {
		if (this.current !== undefined) return this.current;
		throw new ServiceError('SERVICE_UNAVAILABLE', { message: 'The service has not been started: start it first' });
	}

	/** The current address; `undefined` while it does not listen. */
	get listening(): ListeningAddress | undefined {
		return this.servers.length > 0 ? this.current : undefined;
	}

	/**
	 * Starts listening as the settings state. If it already listens, it only moves to another host or port, and only if `canMove`.
	 *
	 * @throws ServiceError CONFIGURATION_ERROR naming port and setting
	 */
	async open(settings: Settings['server'], { canMove = false } = {}): Promise<ListeningAddress> {
		const { host } = settings;
		if (canMove && !isDeepStrictEqual(this.requested, { host, port: settings.port })) await this.close();
		if (this.servers.length > 0) return this.address;
		this.requested = { host, port: settings.port };
		const { port, servers, missing } = await openListeners(settings);
		if (missing !== undefined)
			this.options.logger.warn('This machine lacks one of the loopback addresses', { missing });
		this.servers = servers;
		this.current = { host, port };
		const address = serviceAddress(this.current);
		for (const server of servers) {
			server.on('request', (request, response) => this.respond(request, response, address));
			server.on('upgrade', (request, socket, head) => this.upgrade({ request, socket, head }));
		}
		return this.current;
	}

	/** Stops listening and terminates open connections; idempotent. */
	async close(): Promise<void> {
		const servers = this.servers;
		this.servers = [];
		await closeListeners(servers);
	}

	private respond(request: IncomingMessage, response: ServerResponse, address: string): void {
		const handler = this.options.handlerFor(pathOf(request.url ?? ''));
		if (handler !== undefined) handler.respond(request, response, address);
		else response.writeHead(503).end();
	}

	private upgrade(upgrade: UpgradeRequest): void {
		const handler = this.options.handlerFor(pathOf(upgrade.request.url ?? ''));
		if (handler !== undefined) handler.upgrade(upgrade);
		else refuseWebSocket(upgrade, { status: 503, reason: 'The service is not running' });
	}
}
