import type { WebSocket } from 'ws';
import type { Authenticator } from '../../access/authenticator.ts';
import { msUntilExpiry, type Principal } from '../../access/principal.ts';
import { RateWindow } from '../../access/rate-window.ts';
import type { Settings } from '../../config/settings.ts';
import type { Logger, LogMetadata } from '../../log/logger.ts';
import { type ClientMessage, type FailureForm, failureFormOf } from '../../protocol/client-messages.ts';
import { ServiceError, toServiceError } from '../../protocol/errors.ts';
import { type ParsedClientMessage, parseClientMessage } from '../../protocol/parse-client-message.ts';
import type { ServerMessage } from '../../protocol/server-messages.ts';
import { timestamp } from '../../time/clock.ts';
import type { Recipient } from '../events/audience.ts';
import { toAuthError, toFailureMessage } from '../events/wire-errors.ts';
import type { RefusalLog } from '../http/refusal-log.ts';
import { CLOSE_CODES, type CloseFrame, Connection } from './connection.ts';
import { type AuthenticatedClient, type HandlerPorts, handleMessage } from './handlers.ts';
import { Heartbeat } from './heartbeat.ts';
import type { SlotHolder } from './slots.ts';

/** Faulty messages within a minute after which the connection is closed. */
const MAX_FAULTS = 20;

/** Longest time between two checks whether a key or token has expired, ms: no timer runs while the computer sleeps, and the wall clock can be set. */
const EXPIRY_CHECK_INTERVAL_MS = 60_000;

export interface ClientSessionOptions {
	readonly id: string;
	readonly socket: WebSocket;
	/** `undefined` = a native program. */
	readonly origin: string | undefined;
	readonly settings: Settings['server'];
	readonly authenticator: Authenticator;
	readonly ports: HandlerPorts;
	readonly logger: Logger;
	/** Logs at a limited rate why a client is closed before it has authenticated, because anyone may connect and be closed. */
	readonly refusals: Pick<RefusalLog, 'record'>;
	/** Called right after `auth:success` is sent. */
	readonly onAuthenticated: (session: ClientSession) => void;
	/** Called when the client has subscribed to a device or unsubscribed. */
	readonly onSubscriptionsChanged: () => void;
	/** Called when nothing more can be sent to the client; its scans must be stopped. */
	readonly onClosing: (session: ClientSession) => void;
	/** Called when the socket is closed. */
	readonly onClosed: (session: ClientSession) => void;
}

/** Serves one client from handshake to close: authenticates it, then handles its messages one at a time, in order. */
export class ClientSession implements Recipient, SlotHolder {
	readonly id: string;
	/** `undefined` = a native program. */
	readonly origin: string | undefined;
	/** Milliseconds since 1970. */
	readonly connectedAt: number;
	/** Monotonic ms. */
	readonly openedMonotonic: number;
	readonly subscriptions = new Set<string>();
	private readonly options: ClientSessionOptions;
	private readonly connection: Connection;
	private readonly heartbeat: Heartbeat;
	private readonly faults: RateWindow;
	private readonly cancelAuthDeadline: () => void;
	private cancelExpiry: () => void = () => {};
	private client: AuthenticatedClient | undefined;
	/** True once authentication was refused, which is logged there unless the rate limit refused it. */
	private isRefused = false;

	constructor(options: ClientSessionOptions) {
		const { id, socket, settings, logger, ports } = options;
		const { clock } = ports;
		this.id = id;
		this.origin = options.origin;
		this.connectedAt = clock.now();
		this.openedMonotonic = clock.monotonic();
		this.options = options;
		this.faults = new RateWindow({ limit: MAX_FAULTS, clock });
		const events = {
			onText: (text: string) => this.receive(parseClientMessage(text)),
			onError: (error: Error) => logger.warn('Connection failed', { connectionId: id, error }),
			onClosing: (closeFrame?: CloseFrame) => this.onClosing(closeFrame),
			onClosed: () => options.onClosed(this),
		};
		this.connection = new Connection(socket, events, { clock, messagesPerSecond: settings.messagesPerSecond });
		this.heartbeat = new Heartbeat({
			clock,
			intervalMs: settings.pingIntervalMs,
			timeoutMs: settings.pongTimeoutMs,
			ping: () => this.ping(),
			onTimeout: () => this.close(CLOSE_CODES.policyViolation, 'No pong arrived in time'),
		});
		this.cancelAuthDeadline = clock.after(settings.authTimeoutMs, () =>
			this.close(CLOSE_CODES.notAuthenticated, 'No auth message arrived in time'),
		);
	}

	/** `undefined` until authenticated. */
	get principal(): Principal | undefined {
		return this.client?.principal;
	}

	get isAuthenticated(): boolean {
		return this.client !== undefined;
	}

	get isClosing(): boolean {
		return this.connection.isClosing;
	}

	send(message: ServerMessage): void {
		this.connection.send(JSON.stringify(message));
	}

	/** Sends a message that is serialised once for many clients. */
	sendText(text: string): void {
		this.connection.send(text);
	}

	/** Sends a serialised log entry; before it, reports how many entries this client lost because it reads too slowly. */
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

	terminate(): void {
		this.connection.terminate();
	}

	private onClosing(closeFrame: CloseFrame | undefined): void {
		if (closeFrame !== undefined) this.logClose({ connectionId: this.id, origin: this.origin, ...closeFrame });
		this.cancelAuthDeadline();
		this.cancelExpiry();
		this.heartbeat.stop();
		this.options.onClosing(this);
	}

	private logClose(facts: LogMetadata): void {
		const { logger, refusals } = this.options;
		if (this.isAuthenticated) logger.info('Closing the connection of a client', facts);
		else if (!this.isRefused) refusals.record(facts);
	}

	private ping(): void {
		this.send({ type: 'ping', timestamp: this.now() });
	}

	/** Closes the connection when its key or token expires; every message checks that as well. */
	private watchExpiry(principal: Principal): void {
		const { clock } = this.options.ports;
		const leftMs = msUntilExpiry(principal, clock);
		if (leftMs <= 0) {
			this.closeExpired();
			return;
		}
		const delayMs = Math.min(leftMs, EXPIRY_CHECK_INTERVAL_MS);
		this.cancelExpiry = clock.after(delayMs, () => this.watchExpiry(principal));
	}

	private hasExpired(): boolean {
		return this.principal !== undefined && msUntilExpiry(this.principal, this.options.ports.clock) <= 0;
	}

	private closeExpired(): void {
		this.sendFailure(new ServiceError('TOKEN_EXPIRED'));
		this.close(CLOSE_CODES.expired, 'Token or key has expired');
	}

	private receive(parsed: ParsedClientMessage): void | Promise<void> {
		const type = 'message' in parsed ? parsed.message.type : parsed.type;
		if (this.hasExpired()) {
			this.closeExpired();
		} else if (this.client === undefined) {
			if (type === 'auth') return this.authenticate(parsed);
			this.sendFailure(new ServiceError('UNAUTHORIZED', { message: 'Authenticate first' }));
			this.countFault();
		} else if ('message' in parsed) {
			return this.handle(parsed.message, this.client);
		} else {
			this.sendFailure(parsed.error, parsed.failure);
			this.countFault();
		}
	}

	private async authenticate(parsed: ParsedClientMessage): Promise<void> {
		const { authenticator, origin, refusals } = this.options;
		const credentials = 'message' in parsed && parsed.message.type === 'auth' ? parsed.message : {};
		let principal: Principal;
		try {
			principal = await authenticator.authenticate(credentials, origin);
		} catch (thrown) {
			const error = toServiceError(thrown);
			this.isRefused = true;
			if (error.error !== 'RATE_LIMIT_EXCEEDED')
				refusals.record({ connectionId: this.id, origin, error }, 'Authentication failed');
			this.send(toAuthError(error));
			this.close(CLOSE_CODES.notAuthenticated, error.message);
			return;
		}
		if (!this.isClosing) this.completeAuthentication(principal);
	}

	private completeAuthentication(principal: Principal): void {
		const { id, subscriptions } = this;
		const { logger, origin, onAuthenticated } = this.options;
		this.client = { id, principal, subscriptions, send: (message) => this.send(message) };
		this.cancelAuthDeadline();
		this.heartbeat.start();
		this.watchExpiry(principal);
		const permissions = [...principal.permissions];
		this.send({ type: 'auth:success', message: 'Authentication successful', permissions });
		onAuthenticated(this);
		// Logged last, because an admin receives log entries and the answer to auth must be the first message.
		logger.info('Client authenticated', { connectionId: id, origin, name: principal.name });
	}

	private async handle(message: ClientMessage, client: AuthenticatedClient): Promise<void> {
		if (message.type === 'pong') {
			this.heartbeat.pongReceived();
			return;
		}
		try {
			const subscriptions = this.subscriptions.size;
			const pending = handleMessage(message, client, this.options.ports);
			if (pending !== undefined) await pending;
			if (this.subscriptions.size !== subscriptions) this.options.onSubscriptionsChanged();
		} catch (thrown) {
			const error = toServiceError(thrown);
			if (error.error === 'INTERNAL_ERROR')
				this.options.logger.error('A message could not be handled', { type: message.type, error });
			this.sendFailure(error, failureFormOf(message.type, message));
		}
	}

	private sendFailure(error: ServiceError, failure: FailureForm = { type: 'error' }): void {
		this.send(toFailureMessage(failure, error, this.now()));
	}

	private countFault(): void {
		this.faults.record();
		if (this.faults.retryAfter() !== undefined) this.close(CLOSE_CODES.policyViolation, 'Too many faulty messages');
	}

	private now(): string {
		return timestamp(this.options.ports.clock);
	}
}
