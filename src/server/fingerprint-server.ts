import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WebSocket } from 'ws';
import type { Authenticator } from '../access/authenticator.ts';
import type { OriginDecisions } from '../access/origin-decisions.ts';
import type { Principal } from '../access/principal.ts';
import type { Settings } from '../config/settings.ts';
import type { Logger } from '../log/logger.ts';
import type { ServerMessageOf, ServiceStatus } from '../protocol/server-messages.ts';
import { SERVICE_VERSION } from '../protocol/version.ts';
import { timestamp } from '../time/clock.ts';
import { Broadcaster, deviceSnapshot, type LogEntryFields } from './events/broadcaster.ts';
import { acceptWebSocket, refuseWebSocket, type UpgradeRequest } from './http/accept-web-socket.ts';
import { checkHandshake, type HandshakePolicy, type Refusal } from './http/handshake.ts';
import type { HttpHandler } from './http/http-listener.ts';
import { respond } from './http/http-responses.ts';
import { RefusalLog } from './http/refusal-log.ts';
import { handshakeSourceOf } from './http/request-target.ts';
import { ClientSession } from './session/client-session.ts';
import { CLOSE_CODES } from './session/connection.ts';
import type { HandlerPorts } from './session/handlers.ts';
import { makeRoom } from './session/slots.ts';

export interface FingerprintServerOptions {
	readonly settings: Settings['server'];
	readonly authenticator: Authenticator;
	readonly origins: OriginDecisions;
	readonly ports: HandlerPorts;
	/** Returns the status of the service, whose owner calls `announceStatus` after each change. */
	readonly status: () => ServiceStatus;
	readonly logger: Logger;
}

/** An authenticated client as the operator sees it. */
export interface ConnectedClient {
	readonly id: string;
	readonly principal: Principal;
	/** `undefined` = a native program. */
	readonly origin: string | undefined;
	/** Milliseconds since 1970. */
	readonly connectedAt: number;
	readonly subscriptions: ReadonlySet<string>;
}

export interface FingerprintServerEvents {
	/** The set of connected clients or of their subscriptions has changed. */
	clients: [];
}

/** Accepts WebSocket clients, runs one session for each, and answers plain HTTP requests on the same port. */
export class FingerprintServer extends EventEmitter<FingerprintServerEvents> implements HttpHandler {
	private readonly options: FingerprintServerOptions;
	private readonly policy: HandshakePolicy;
	private readonly sessions = new Map<WebSocket, ClientSession>();
	private readonly broadcaster: Broadcaster;
	private readonly refusals: RefusalLog;
	private readonly startedMonotonic: number;
	private isClosed = false;

	constructor(options: FingerprintServerOptions) {
		super();
		const { settings, origins, ports, logger } = options;
		this.options = options;
		this.policy = { origins, allowedHosts: [settings.host, ...settings.allowedHosts] };
		this.startedMonotonic = ports.clock.monotonic();
		this.broadcaster = new Broadcaster(() => this.sessions.values(), ports.clock);
		this.broadcaster.follow(ports.registry, ports.scans);
		this.refusals = new RefusalLog({ logger, clock: ports.clock });
	}

	respond(request: IncomingMessage, response: ServerResponse, address: string): void {
		respond(request, response, { policy: this.policy, status: this.options.status(), address });
	}

	upgrade(upgrade: UpgradeRequest): void {
		const source = handshakeSourceOf(upgrade.request);
		const { origin } = source;
		const refusal = checkHandshake(source, this.policy) ?? this.makeRoom(origin);
		if (refusal === undefined) {
			acceptWebSocket(upgrade, (client) => this.onConnection(client, origin));
			return;
		}
		this.refusals.record({ ...refusal, host: source.hosts.join(), origin });
		refuseWebSocket(upgrade, refusal);
	}

	/** Sends the status of the service to every client. */
	announceStatus(): void {
		this.broadcaster.sendToAll(this.statusMessage());
	}

	/** Sends a log entry to the admins. */
	sendLog(entry: LogEntryFields): void {
		this.broadcaster.sendLog(entry);
	}

	/** Returns the authenticated clients in the order in which they connected. */
	clients(): ConnectedClient[] {
		return [...this.sessions.values()].flatMap(({ id, principal, origin, connectedAt, subscriptions }) =>
			principal === undefined ? [] : [{ id, principal, origin, connectedAt, subscriptions }],
		);
	}

	/** Closes the connections of a revoked key. */
	closeSessionsOf(keyId: string): void {
		this.closeWhere(({ principal }) => principal?.keyId === keyId, CLOSE_CODES.keyRevoked, 'API key is revoked');
	}

	/** Closes the connections from origins that are no longer allowed. */
	closeSessionsOfRefusedOrigins(): void {
		const isRefused = ({ origin }: ClientSession) => !this.policy.origins.isAllowed(origin);
		this.closeWhere(isRefused, CLOSE_CODES.policyViolation, 'The operator no longer allows this origin');
	}

	/** Closes one connection on behalf of the operator. @returns whether it existed */
	disconnect(id: string): boolean {
		return this.closeWhere(
			(session) => session.id === id,
			CLOSE_CODES.policyViolation,
			'The operator has closed this connection',
		);
	}

	/** Closes every connection and terminates those that do not answer in time; idempotent. */
	async close(): Promise<void> {
		this.isClosed = true;
		const closed = [...this.sessions].map(([socket, session]) => {
			// `once` of node:events would reject if the client answered with a protocol error.
			const isClosed = new Promise((resolve) => socket.once('close', resolve));
			session.close(CLOSE_CODES.goingAway, 'The service is stopping');
			return isClosed;
		});
		await Promise.all(closed);
		this.refusals.close();
	}

	private closeWhere(isAffected: (session: ClientSession) => boolean, code: number, reason: string): boolean {
		const sessions = [...this.sessions.values()].filter(isAffected);
		for (const session of sessions) session.close(code, reason);
		return sessions.length > 0;
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
			refusals: this.refusals,
			onAuthenticated: (client) => {
				this.sendSnapshot(client);
				this.emit('clients');
			},
			onSubscriptionsChanged: () => this.emit('clients'),
			onClosing: (client) => ports.scans.stopAllOf(client.id),
			onClosed: () => {
				this.sessions.delete(socket);
				this.emit('clients');
			},
		});
		this.sessions.set(socket, session);
	}

	private sendSnapshot(session: ClientSession): void {
		const { registry, clock } = this.options.ports;
		session.send(this.statusMessage());
		for (const message of deviceSnapshot(session, registry, clock)) session.send(message);
	}

	/** Makes room for a client. @returns why there is none */
	private makeRoom(origin: string | undefined): Refusal | undefined {
		const { settings, status, ports } = this.options;
		if (this.isClosed || ['stopping', 'stopped'].includes(status()))
			return { status: 503, reason: 'The service is stopped; the operator of this computer can start it' };
		const { maxConnections, maxUnauthenticated } = settings;
		const limits = {
			connections: maxConnections,
			unauthenticated: maxUnauthenticated,
			unauthenticatedPerOrigin: Math.ceil(maxUnauthenticated / 2),
		};
		const newcomer = { origin, openedMonotonic: ports.clock.monotonic() };
		const exceeded = makeRoom([...this.sessions.values()], newcomer, limits);
		if (exceeded === undefined) return undefined;
		if (exceeded === 'connections')
			return { status: 503, reason: `${maxConnections} connections are already open; close some` };
		return { status: 503, reason: 'Too many connections have not authenticated yet; try again in a few seconds' };
	}

	private statusMessage(): ServerMessageOf<'service:status'> {
		const { clock } = this.options.ports;
		return {
			type: 'service:status',
			status: this.options.status(),
			uptime: Math.floor((clock.monotonic() - this.startedMonotonic) / 1_000),
			version: SERVICE_VERSION,
			timestamp: timestamp(clock),
		};
	}
}
