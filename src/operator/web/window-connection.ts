import type { KeyAccess } from '../../access/key-access.ts';
import { msUntilExpiry, type Principal } from '../../access/principal.ts';
import type { Logger } from '../../log/logger.ts';
import { ServiceError, toServiceError } from '../../protocol/errors.ts';
import { CLOSE_CODES, Connection } from '../../server/session/connection.ts';
import type { SlotHolder } from '../../server/session/slots.ts';
import type { Clock } from '../../time/clock.ts';
import type { OperatorMessage } from '../contract.ts';
import type { OperatorSession } from '../operator-session.ts';
import { parseOperatorRequest } from './operator-request.ts';

/** A window must send `auth` within this time. */
const AUTH_TIMEOUT_MS = 10_000;
/**
 * Time between two new tokens for a window, ms. It is short because no timer runs while the computer sleeps: at most this long after
 * it wakes up, a window is closed whose token expired meanwhile.
 */
const TOKEN_RENEWAL_INTERVAL_MS = 60_000;

/** Far more calls than an operator makes. */
const MESSAGES_PER_SECOND = 1_000;

/** Limit for unsent data; large, because a new window receives the whole kept log at once. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;

export interface WindowConnectionOptions {
	readonly access: KeyAccess;
	readonly openSession: () => OperatorSession;
	/** Called when a window sends a wrong or expired token. */
	readonly onRefused: (error: ServiceError) => void;
	readonly clock: Clock;
	readonly logger: Logger;
}

/** The connection of one operator window in a browser: first `auth`, then calls and events. */
export class WindowConnection implements SlotHolder {
	/** Always the page of the service, or a native program. */
	readonly origin = undefined;
	/** Monotonic ms. */
	readonly openedMonotonic: number;
	/** Resolves once the socket is closed. */
	readonly closed: Promise<void>;
	private readonly options: WindowConnectionOptions;
	private readonly connection: Connection;
	private session: OperatorSession | undefined;
	/** The holder of the latest token. */
	private principal: Principal | undefined;
	private cancelTimer: () => void;

	constructor(socket: ConstructorParameters<typeof Connection>[0], options: WindowConnectionOptions) {
		this.options = options;
		this.openedMonotonic = options.clock.monotonic();
		const { promise, resolve } = Promise.withResolvers<void>();
		this.closed = promise;
		this.connection = new Connection(
			socket,
			{
				onText: (text) => this.receive(text),
				onError: (error) => options.logger.warn('The connection of an operator window failed', { error }),
				onClosing: () => this.endSession(),
				onClosed: resolve,
			},
			{ clock: options.clock, messagesPerSecond: MESSAGES_PER_SECOND, maxUnsentBytes: MAX_WAITING_BYTES },
		);
		this.cancelTimer = options.clock.after(AUTH_TIMEOUT_MS, () =>
			this.connection.close(CLOSE_CODES.notAuthenticated, 'No auth message arrived within 10 s: open the link again'),
		);
	}

	get isAuthenticated(): boolean {
		return this.session !== undefined;
	}

	get isClosing(): boolean {
		return this.connection.isClosing;
	}

	close(code: number, reason: string): void {
		this.connection.close(code, reason);
	}

	terminate(): void {
		this.connection.terminate();
	}

	private async receive(text: string): Promise<void> {
		try {
			const request = parseOperatorRequest(text);
			this.assertNotExpired();
			if (request.type === 'auth') await this.authenticate(request.token);
			else if (this.session === undefined) this.connection.close(CLOSE_CODES.notAuthenticated, 'Authenticate first');
			else if (request.type === 'check') this.send({ type: 'reply', id: request.id, ok: true, result: null });
			// Not awaited: a trial scan lasts until a finger arrives, and later calls may stop it.
			else void this.call(this.session, request);
		} catch (thrown) {
			const error = toServiceError(thrown);
			const isFaulty = this.session !== undefined && error.error !== 'TOKEN_EXPIRED';
			this.connection.close(isFaulty ? CLOSE_CODES.policyViolation : closeCodeOf(error), error.message);
		}
	}

	/** Throws ServiceError TOKEN_EXPIRED if the latest token has expired, as after a night in which the computer slept. */
	private assertNotExpired(): void {
		if (this.principal === undefined || msUntilExpiry(this.principal, this.options.clock) > 0) return;
		throw new ServiceError('TOKEN_EXPIRED', {
			message: 'The session of this window has expired: create a new link with `fingerprint-service console`',
		});
	}

	private async authenticate(token: string): Promise<void> {
		const { access, openSession, onRefused } = this.options;
		await (await access.open()).tokens.verify(token).catch((thrown: unknown) => {
			onRefused(toServiceError(thrown));
			throw thrown;
		});
		if (this.session !== undefined || this.isClosing) return;
		this.session = openSession();
		await this.renewToken();
		this.session.follow((event) => this.send({ type: 'event', event }));
	}

	private async call(
		session: OperatorSession,
		{ id, operation, input }: { id: number; operation: string; input?: unknown },
	) {
		this.send({ type: 'reply', id, ...(await session.call(operation, input)) });
	}

	private async renewToken(): Promise<void> {
		this.cancelTimer();
		this.assertNotExpired();
		const { tokens } = await this.options.access.open();
		const token = await tokens.issue();
		this.principal = await tokens.verify(token);
		this.send({ type: 'session', token });
		if (!this.isClosing) this.cancelTimer = this.options.clock.after(TOKEN_RENEWAL_INTERVAL_MS, () => this.onRenewal());
	}

	private onRenewal(): void {
		this.renewToken().catch((thrown: unknown) => {
			const error = toServiceError(thrown);
			if (error.error === 'TOKEN_EXPIRED') this.connection.close(CLOSE_CODES.expired, error.message);
			else this.options.logger.error('An operator window could not get a new token', { error });
		});
	}

	private send(message: OperatorMessage): void {
		this.connection.send(JSON.stringify(message));
	}

	private endSession(): void {
		this.cancelTimer();
		this.session?.close();
	}
}

function closeCodeOf({ error }: ServiceError): number {
	return error === 'TOKEN_EXPIRED' ? CLOSE_CODES.expired : CLOSE_CODES.notAuthenticated;
}
