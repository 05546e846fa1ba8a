import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Authenticator } from '../access/authenticator.ts';
import type { Settings } from '../config/settings.ts';
import type { Logger } from '../log/logger.ts';
import { timestamp } from '../protocol/clock.ts';
import type { ServerMessageOf, ServiceStatus } from '../protocol/server-messages.ts';
import { SERVICE_VERSION } from '../protocol/version.ts';
import { Broadcaster, deviceSnapshot, type LogLine } from './broadcaster.ts';
import { ClientSession } from './client-session.ts';
import { CLOSE } from './connection.ts';
import type { HandlerPorts } from './handlers.ts';
import { type HandshakePolicy, type Refusal, refuseHandshake } from './handshake.ts';
import { respond } from './http-responses.ts';
import { closeListeners, openListeners } from './loopback-listeners.ts';
import { RefusalLog } from './refusal-log.ts';
import { serviceAddress } from './service-address.ts';

const WEBSOCKET_OPTIONS = {
	noServer: true,
	clientTracking: false,
	// Messages are small and stay on this machine: compressing them would cost memory for each client and gain nothing.
	perMessageDeflate: false,
	/** Largest message of a client, bytes; past it the connection is closed with 1009. */
	maxPayload: 64 * 1024,
	/** How long a client may take to answer a goodbye before it is cut, ms. */
	closeTimeout: 2_000,
};

export interface FingerprintServerOptions {
	readonly settings: Settings['server'];
	readonly authenticator: Authenticator;
	readonly ports: HandlerPorts;
	readonly logger: Logger;
}

/** The WebSocket face of the service: who may connect, and one session for each who does. */
export class FingerprintServer {
	private readonly options: FingerprintServerOptions;
	private readonly policy: HandshakePolicy;
	private readonly sessions = new Map<WebSocket, ClientSession>();
	private readonly broadcaster: Broadcaster;
	private readonly refusals: RefusalLog;
	private readonly startedAt: number;
	private readonly webSocketServer = new WebSocketServer(WEBSOCKET_OPTIONS);
	private httpServers: readonly Server[] = [];
	private status: ServiceStatus = 'starting';

	constructor(options: FingerprintServerOptions) {
		const { settings, ports, logger } = options;
		this.options = options;
		this.policy = { ...settings, allowedHosts: [settings.host, ...settings.allowedHosts] };
		this.startedAt = ports.clock.now();
		this.broadcaster = new Broadcaster(() => this.sessions.values(), ports.clock);
		this.broadcaster.follow(ports.registry, ports.scans);
		this.refusals = new RefusalLog({ logger, clock: ports.clock });
	}

	/** @returns the port. @throws ServiceError CONFIGURATION_ERROR naming port and setting */
	async listen(): Promise<number> {
		const { settings, logger } = this.options;
		const { port, servers, missing } = await openListeners(settings);
		if (missing !== undefined) logger.warn('This machine lacks one of the loopback addresses', { missing });
		this.httpServers = servers;
		const address = serviceAddress({ host: settings.host, port });
		for (const server of servers) {
			server.on('request', (request, response) =>
				respond(request, response, { policy: this.policy, status: this.status, address }),
			);
			server.on('upgrade', (request, socket, head) => this.onUpgrade(request, socket, head));
		}
		return port;
	}

	/** Change the status of the service and tell every client. */
	announce(status: ServiceStatus): void {
		this.status = status;
		this.broadcaster.sendToAll(this.statusMessage());
	}

	/** Send a line of the log to the admins. */
	sendLog(line: LogLine): void {
		this.broadcaster.sendLog(line);
	}

	/** Close the connections of a key that was revoked. */
	closeSessionsOf(keyId: string): void {
		for (const session of this.sessions.values()) {
			if (session.principal?.keyId === keyId) session.close(CLOSE.keyRevoked, 'API key is revoked');
		}
	}

	/** Say goodbye to every client, cut those who do not answer, and stop listening; idempotent. */
	async close(): Promise<void> {
		const closed = [...this.sessions].map(([socket, session]) => {
			// `once` of node:events would reject if the client broke the protocol in answer.
			const gone = new Promise((resolve) => socket.once('close', resolve));
			session.close(CLOSE.goingAway, 'The service is stopping');
			return gone;
		});
		await Promise.all(closed);
		await closeListeners(this.httpServers);
		this.refusals.tellRest();
	}

	private onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		const { host, origin } = request.headers;
		const refusal = refuseHandshake({ url: request.url ?? '', host, origin }, this.policy, this.occupancy());
		if (refusal === undefined) {
			this.webSocketServer.handleUpgrade(request, socket, head, (client) => this.onConnection(client, origin));
			return;
		}
		this.refusals.record({ ...refusal, host, origin });
		refuse(socket, refusal);
	}

	private onConnection(socket: WebSocket, origin: string | undefined): void {
		const { settings, authenticator, ports, logger } = this.options;
		const session = new ClientSession({
			id: randomUUID(),
			socket,
			origin,
			settings,
			authenticator,
			ports,
			logger,
			onAuthenticated: (client) => this.sendSnapshot(client),
			onLeft: (client) => ports.scans.stopAllOf(client.id),
			onClosed: () => this.sessions.delete(socket),
		});
		this.sessions.set(socket, session);
	}

	private sendSnapshot(session: ClientSession): void {
		const { registry, clock } = this.options.ports;
		session.send(this.statusMessage());
		for (const message of deviceSnapshot(session, registry, clock)) session.send(message);
	}

	private occupancy() {
		const unauthenticated = [...this.sessions.values()].filter(({ principal }) => principal === undefined);
		const isStopping = this.status === 'stopping' || this.status === 'stopped';
		return { connections: this.sessions.size, unauthenticated: unauthenticated.length, isStopping };
	}

	private statusMessage(): ServerMessageOf<'service:status'> {
		const { clock } = this.options.ports;
		return {
			type: 'service:status',
			status: this.status,
			uptime: Math.floor((clock.now() - this.startedAt) / 1_000),
			version: SERVICE_VERSION,
			timestamp: timestamp(clock),
		};
	}
}

const REASON_PHRASES: Record<Refusal['status'], string> = {
	403: 'Forbidden',
	404: 'Not Found',
	503: 'Service Unavailable',
};

/** Answer a handshake in plain HTTP; the socket may fail at any time, which then matters to nobody. */
function refuse(socket: Duplex, { status, reason }: Refusal): void {
	const body = `${reason}\n`;
	socket.on('error', () => socket.destroy());
	// A client that does not close in turn must not keep the server from stopping.
	socket.once('finish', () => socket.destroy());
	socket.end(
		[
			`HTTP/1.1 ${status} ${REASON_PHRASES[status]}`,
			'Connection: close',
			'Content-Type: text/plain; charset=utf-8',
			`Content-Length: ${Buffer.byteLength(body)}`,
			'',
			body,
		].join('\r\n'),
	);
}
