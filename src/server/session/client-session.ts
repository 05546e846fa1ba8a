import type { WebSocket } from 'ws';
import type { Authenticator } from '../../access/authenticator.ts';
import type { Principal } from '../../access/principal.ts';
import { RateWindow } from '../../access/rate-window.ts';
import type { Settings } from '../../config/settings.ts';
import type { Logger } from '../../log/logger.ts';
import type { ClientMessage, ClientMessageType } from '../../protocol/client-messages.ts';
import { ServiceError, toServiceError } from '../../protocol/errors.ts';
import { type FaultyInput, type ParsedClientMessage, parseClientMessage } from '../../protocol/parse-client-message.ts';
import type { ServerMessage } from '../../protocol/server-messages.ts';
import { timestamp } from '../../time/clock.ts';
import type { Listener } from '../events/audience.ts';
import { type CommandIds, toAuthError, toFailureMessage } from '../events/wire-errors.ts';
import { CLOSE, Connection } from './connection.ts';
import { type Client, type HandlerPorts, handleMessage } from './handlers.ts';
import { Heartbeat } from './heartbeat.ts';

/** The faulty message within a minute that ends the connection. */
const MAX_FAULTS = 20;

/** What a timer of Node can wait, ms: 24 days. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface ClientSessionOptions {
	readonly id: string;
	readonly socket: WebSocket;
	/** `undefined` = a native program. */
	readonly origin: string | undefined;
	readonly settings: Settings['server'];
	readonly authenticator: Authenticator;
	readonly ports: HandlerPorts;
	readonly logger: Logger;
	/** Called right after `auth:success` was sent. */
	readonly onAuthenticated: (session: ClientSession) => void;
	/** It has subscribed to a device or unsubscribed. */
	readonly onSubscriptions: () => void;
	/** Nothing reaches the client any more: what it started must end. */
	readonly onLeft: (session: ClientSession) => void;
	/** Its socket is closed. */
	readonly onClosed: (session: ClientSession) => void;
}

/** One client from handshake to close: authentication first, then one message after the other. */
export class ClientSession implements Listener {
	readonly id: string;
	/** `undefined` = a native program. */
	readonly origin: string | undefined;
	/** Milliseconds since 1970. */
	readonly connectedAt: number;
	readonly subscriptions = new Set<string>();
	private readonly options: ClientSessionOptions;
	private readonly connection: Connection;
	private readonly heartbeat: Heartbeat;
	private readonly faults: RateWindow;
	private readonly cancelAuthDeadline: () => void;
	private cancelExpiry: () => void = () => {};
	private client: Client | undefined;
	private hasLeft = false;
	/** The failures before it are in the log already: whoever goes on and on must not wash it away. */
	private isThrottled = false;

	constructor(options: ClientSessionOptions) {
		const { id, socket, settings, logger, ports } = options;
		const { clock } = ports;
		this.id = id;
		this.origin = options.origin;
		this.connectedAt = clock.now();
		this.options = options;
		this.faults = new RateWindow({ limit: MAX_FAULTS, clock });
		this.connection = new Connection(socket, {
			onText: (text) => this.receive(parseClientMessage(text)),
			onError: (error) => logger.warn('Connection failed', { connectionId: id, error }),
			onClosing: (goodbye) => this.leave(goodbye),
			onClosed: () => options.onClosed(this),
		});
		this.heartbeat = new Heartbeat({
			clock,
			intervalMs: settings.pingIntervalMs,
			timeoutMs: settings.pongTimeoutMs,
			ping: () => this.ping(),
			onSilence: () => this.close(CLOSE.policyViolation, 'No pong came in time'),
		});
		this.cancelAuthDeadline = clock.after(settings.authTimeoutMs, () =>
			this.close(CLOSE.notAuthenticated, 'No auth message came in time'),
		);
	}

	/** `undefined` until authenticated. */
	get principal(): Principal | undefined {
		return this.client?.principal;
	}

	send(message: ServerMessage): void {
		this.connection.send(JSON.stringify(message));
	}

	/** Send a message that was serialised once for many clients. */
	sendText(text: string): void {
		this.connection.send(text);
	}

	/** Send a serialised log entry, and before it how many this client was too slow for. */
	sendLog(text: string): void {
		const lost = this.connection.takeLostLogs();
		if (lost > 0) {
			const message = `${lost} log entries were lost because this client reads too slowly`;
			this.send({ type: 'log:entry', level: 'warn', message, timestamp: this.now() });
		}
		this.connection.sendLog(text);
	}

	close(code: number, reason: string): void {
		this.connection.close(code, reason);
	}

	private leave(goodbye: object | undefined): void {
		if (goodbye !== undefined && !this.isThrottled)
			this.options.logger.info('Client is closed', { connectionId: this.id, ...goodbye });
		this.hasLeft = true;
		this.cancelAuthDeadline();
		this.cancelExpiry();
		this.heartbeat.stop();
		this.options.onLeft(this);
	}

	private ping(): void {
		this.send({ type: 'ping', timestamp: this.now() });
	}

	/** End the connection at the moment its key or token expires. */
	private watchExpiry({ expiresAt }: Pick<Principal, 'expiresAt'>): void {
		if (expiresAt === undefined) return;
		const { clock } = this.options.ports;
		const leftMs = expiresAt - clock.now();
		if (leftMs > 0) {
			this.cancelExpiry = clock.after(Math.min(leftMs, LONGEST_TIMER_MS), () => this.watchExpiry({ expiresAt }));
			return;
		}
		this.fail(undefined, new ServiceError('TOKEN_EXPIRED'));
		this.close(CLOSE.expired, 'Token or key has expired');
	}

	private async receive(parsed: ParsedClientMessage): Promise<void> {
		const type = 'message' in parsed ? parsed.message.type : parsed.type;
		if (this.client === undefined) {
			if (type === 'auth') await this.authenticate(parsed);
			else this.fail(undefined, new ServiceError('UNAUTHORIZED', { message: 'Authenticate first' }));
		} else if ('message' in parsed) {
			await this.handle(parsed.message, this.client);
		} else {
			this.fail(commandOf(parsed), parsed.error, parsed.ids);
		}
		if ('error' in parsed) this.countFault();
	}

	private async authenticate(parsed: ParsedClientMessage): Promise<void> {
		const { authenticator, origin, logger } = this.options;
		const credentials = 'message' in parsed && parsed.message.type === 'auth' ? parsed.message : {};
		let principal: Principal;
		try {
			principal = await authenticator.authenticate(credentials, origin);
		} catch (thrown) {
			const error = toServiceError(thrown);
			this.isThrottled = error.error === 'RATE_LIMIT_EXCEEDED';
			if (!this.isThrottled) logger.warn('Authentication failed', { connectionId: this.id, origin, error });
			this.send(toAuthError(error));
			this.close(CLOSE.notAuthenticated, error.message);
			return;
		}
		if (!this.hasLeft) this.welcome(principal);
	}

	private welcome(principal: Principal): void {
		const { id, subscriptions } = this;
		const { logger, origin, onAuthenticated } = this.options;
		this.client = { id, principal, subscriptions, send: (message) => this.send(message) };
		this.cancelAuthDeadline();
		this.heartbeat.start();
		this.watchExpiry(principal);
		const permissions = [...principal.permissions];
		this.send({ type: 'auth:success', message: 'Authentication successful', permissions });
		onAuthenticated(this);
		// Last, because an admin reads the log: the answer to auth must be the first message.
		logger.info('Client authenticated', { connectionId: id, origin, name: principal.name });
	}

	private async handle(message: ClientMessage, client: Client): Promise<void> {
		if (message.type === 'pong') {
			this.heartbeat.answered();
			return;
		}
		try {
			const subscriptions = this.subscriptions.size;
			await handleMessage(message, client, this.options.ports);
			if (this.subscriptions.size !== subscriptions) this.options.onSubscriptions();
		} catch (thrown) {
			const error = toServiceError(thrown);
			if (error.error === 'INTERNAL_ERROR')
				this.options.logger.error('Message could not be handled', { type: message.type, error });
			this.fail(message.type, error, idsOf(message));
		}
	}

	private fail(command: ClientMessageType | undefined, error: ServiceError, ids: CommandIds = {}): void {
		this.send(toFailureMessage(command, error, ids, this.now()));
	}

	private countFault(): void {
		this.faults.record();
		if (this.faults.retryAfter() !== undefined) this.close(CLOSE.policyViolation, 'Too many faulty messages');
	}

	private now(): string {
		return timestamp(this.options.ports.clock);
	}
}

/** A fault in the options or templates of a scan fails that scan; any other fault is one of the message itself. */
function commandOf({ type, error }: FaultyInput): ClientMessageType | undefined {
	const isAboutScan = /^(options|templates?)\b/.test(String(error.details?.field));
	return (type === 'scan:start' || type === 'verify:start') && isAboutScan ? type : undefined;
}

function idsOf(message: ClientMessage): CommandIds {
	return {
		...('deviceId' in message && { deviceId: message.deviceId }),
		...('scanId' in message && { scanId: message.scanId }),
	};
}
