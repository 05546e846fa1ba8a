import type { AdminTokens } from '../../access/admin-tokens.ts';
import type { Logger } from '../../log/logger.ts';
import { type ServiceError, toServiceError } from '../../protocol/errors.ts';
import { CLOSE_CODES, Connection } from '../../server/session/connection.ts';
import type { Clock } from '../../time/clock.ts';
import type { OperatorMessage } from '../contract.ts';
import type { OperatorSession } from '../operator-session.ts';
import { parseConsoleRequest } from './operator-request.ts';

/** How long a new window may take to say who it is, ms. */
const AUTH_TIMEOUT_MS = 10_000;
/** How often a window gets a fresh token, ms; tokens are valid for three times as long. */
const RENEWAL_MS = 10 * 60_000;

/** What may wait for a window, bytes: the whole kept log goes to it at once. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;

export interface WebConsoleClientOptions {
	readonly tokens: () => Promise<AdminTokens>;
	readonly openSession: () => OperatorSession;
	readonly clock: Clock;
	readonly logger: Logger;
}

/** One window in a browser: `auth` first, then calls and events. */
export class WebConsoleClient {
	/** Resolves once its socket is closed. */
	readonly closed: Promise<void>;
	private readonly options: WebConsoleClientOptions;
	private readonly connection: Connection;
	private session: OperatorSession | undefined;
	private cancelTimer: () => void;
	private isLeaving = false;

	constructor(socket: ConstructorParameters<typeof Connection>[0], options: WebConsoleClientOptions) {
		this.options = options;
		let onClosed = () => {};
		this.closed = new Promise((resolve) => {
			onClosed = resolve;
		});
		this.connection = new Connection(
			socket,
			{
				onText: (text) => this.receive(text),
				onError: (error) => options.logger.warn('The connection of a window failed', { error }),
				onClosing: () => this.leave(),
				onClosed,
			},
			{ maxWaitingBytes: MAX_WAITING_BYTES },
		);
		this.cancelTimer = options.clock.after(AUTH_TIMEOUT_MS, () =>
			this.connection.close(CLOSE_CODES.notAuthenticated, 'No auth message came in time'),
		);
	}

	/** Say goodbye; resolves once it is gone. */
	close(): Promise<void> {
		this.connection.close(CLOSE_CODES.goingAway, 'The service ends');
		return this.closed;
	}

	/** Not awaited by the calls that follow: a trial scan takes as long as a finger takes, and may be stopped meanwhile. */
	private async receive(text: string): Promise<void> {
		try {
			const request = parseConsoleRequest(text);
			if (request.type === 'auth') await this.authenticate(request.token);
			else if (this.session === undefined) this.connection.close(CLOSE_CODES.notAuthenticated, 'Authenticate first');
			else void this.call(this.session, request);
		} catch (thrown) {
			const error = toServiceError(thrown);
			this.connection.close(this.session ? CLOSE_CODES.policyViolation : closeCodeOf(error), error.message);
		}
	}

	private async authenticate(token: string): Promise<void> {
		const { tokens, openSession } = this.options;
		await (await tokens()).verify(token);
		if (this.session !== undefined || this.isLeaving) return;
		this.session = openSession();
		await this.renew();
		this.session.follow((event) => this.send({ type: 'event', event }));
	}

	private async call(
		session: OperatorSession,
		{ id, operation, input }: { id: number; operation: string; input?: unknown },
	) {
		this.send({ type: 'reply', id, ...(await session.call(operation, input)) });
	}

	private async renew(): Promise<void> {
		this.cancelTimer();
		const token = await (await this.options.tokens()).issue();
		this.send({ type: 'session', token });
		if (!this.isLeaving) this.cancelTimer = this.options.clock.after(RENEWAL_MS, () => this.renewLater());
	}

	private renewLater(): void {
		const { logger } = this.options;
		this.renew().catch((error: unknown) => logger.error('A window could not get a fresh token', { error }));
	}

	private send(message: OperatorMessage): void {
		this.connection.send(JSON.stringify(message));
	}

	private leave(): void {
		this.isLeaving = true;
		this.cancelTimer();
		this.session?.close();
	}
}

function closeCodeOf({ error }: ServiceError): number {
	return error === 'TOKEN_EXPIRED' ? CLOSE_CODES.expired : CLOSE_CODES.notAuthenticated;
}
