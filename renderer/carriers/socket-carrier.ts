import { type Signal, signal } from '@preact/signals';
import {
	type InputOf,
	type OperatorEvent,
	OperatorFailure,
	type OperatorMessage,
	type OperatorOperation,
	type OperatorProblem,
	type OperatorReply,
	type OperatorRequest,
	type ResultOf,
} from '../../src/operator/contract.ts';
import { ERRORS } from '../../src/protocol/errors.ts';
import { AnswerCheck } from './answer-check.ts';
import type { Carrier, LinkState } from './carrier.ts';
import { tryParseOperatorMessage } from './parse-operator-message.ts';
import { UNREACHABLE_PROBLEM } from './unreachable.ts';
import { unwrapReply } from './unwrap-reply.ts';
import type { WindowClock } from './window-clock.ts';

/** Callbacks of a socket. `closed` comes last, even if the socket never opened. */
export interface SocketEvents {
	readonly opened: () => void;
	readonly received: (text: string) => void;
	readonly closed: (code: number) => void;
}

/** An open or opening WebSocket. */
export interface Socket {
	send(text: string): void;
	close(): void;
}

/** Result of a ticket exchange: a token, or a permanent refusal. */
export type TicketExchange =
	| { readonly ok: true; readonly token: string }
	| { readonly ok: false; readonly problem: OperatorProblem };

/** What a socket carrier needs from the browser. */
export interface SocketCarrierPorts {
	readonly openSocket: (events: SocketEvents) => Socket;
	/** Rejects if the service cannot be reached. */
	readonly exchangeTicket: (ticket: string) => Promise<TicketExchange>;
	/** Storage that keeps the token over a reload of the page, but no longer. */
	readonly tokens: { read(): string | undefined; write(token: string | undefined): void };
	readonly clock: WindowClock;
}

/** Close codes of a refused token. */
const REFUSALS = new Map<number, 'INVALID_API_KEY' | 'TOKEN_EXPIRED'>([
	[4001, 'INVALID_API_KEY'],
	[4005, 'TOKEN_EXPIRED'],
]);

/** The close code of a connection that ended without one. */
const NO_ANSWER = 1006;

/** Longest wait for an authenticated connection. The system also accepts connections for a program that hangs. */
const CONNECT_TIMEOUT_MS = 10_000;
const FIRST_RETRY_DELAY_MS = 500;
const MAX_RETRY_DELAY_MS = 8_000;

/**
 * A carrier over HTTP and WebSocket. It authenticates, reconnects when the connection is lost or the service does not answer, and
 * fails calls while it is not connected.
 */
export class SocketCarrier implements Carrier {
	readonly link: Signal<LinkState> = signal({ phase: 'connecting' });
	private readonly ports: SocketCarrierPorts;
	private readonly listeners = new Set<(event: OperatorEvent) => void>();
	private readonly pendingCalls = new Map<number, (reply: OperatorReply) => void>();
	private ticket: string | undefined;
	private socket: Socket | undefined;
	private lastCallId = 0;
	private retryDelayMs = FIRST_RETRY_DELAY_MS;
	private cancelRetry = () => {};
	private cancelConnectTimeout = () => {};
	private readonly check: AnswerCheck;

	/** @param ticket from the link that opened the page; without one the stored token is used */
	constructor(ports: SocketCarrierPorts, ticket?: string) {
		this.ports = ports;
		this.ticket = ticket;
		this.check = new AnswerCheck({
			ask: () => this.request((id) => ({ type: 'check', id })),
			onSilence: () => this.drop(),
			onAnswer: () => {},
			clock: ports.clock,
		});
		void this.connect();
	}

	async call<O extends OperatorOperation>(operation: O, input: InputOf<O>): Promise<ResultOf<O>> {
		if (this.link.value.phase !== 'connected') throw new OperatorFailure(UNREACHABLE_PROBLEM);
		return unwrapReply<O>(await this.request((id) => ({ type: 'call', id, operation, input })));
	}

	private request(create: (id: number) => OperatorRequest): Promise<OperatorReply> {
		const id = ++this.lastCallId;
		const reply = new Promise<OperatorReply>((resolve) => this.pendingCalls.set(id, resolve));
		this.send(create(id));
		return reply;
	}

	/** A listener receives only later events, so the window subscribes before the connection is open. */
	follow(listener: (event: OperatorEvent) => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	private async connect(): Promise<void> {
		this.cancelRetry();
		const { phase } = this.link.value;
		// A lost link stays lost until the service answers, so that the window does not change with each attempt.
		if (phase === 'lost') this.link.value = { phase, isRetrying: true, retry: () => {} };
		else if (phase === 'locked') this.link.value = { phase: 'connecting' };
		if (this.ticket !== undefined && !(await this.redeem(this.ticket))) return;
		const token = this.ports.tokens.read();
		if (token === undefined) this.lock();
		else this.open(token);
	}

	/** @returns whether to continue connecting */
	private async redeem(ticket: string): Promise<boolean> {
		try {
			const exchange = await this.ports.exchangeTicket(ticket);
			this.ticket = undefined;
			if (exchange.ok) this.ports.tokens.write(exchange.token);
			// After a reload with the same link the ticket is used up, but the token of the first exchange is still valid.
			else if (this.ports.tokens.read() === undefined) this.lock(exchange.problem);
			return this.link.value.phase !== 'locked';
		} catch {
			this.scheduleRetry();
			return false;
		}
	}

	private open(token: string): void {
		// A socket that was given up may still report its end.
		const ifCurrent = (action: () => void) => socket === this.socket && action();
		const socket = this.ports.openSocket({
			opened: () => ifCurrent(() => this.send({ type: 'auth', token })),
			received: (text) => ifCurrent(() => this.receive(tryParseOperatorMessage(text))),
			closed: (code) => ifCurrent(() => this.handleClose(code)),
		});
		this.socket = socket;
		this.cancelConnectTimeout = this.ports.clock.after(CONNECT_TIMEOUT_MS, () => this.drop());
	}

	/** Gives up a connection on which the service does not answer. */
	private drop(): void {
		const { socket } = this;
		this.handleClose(NO_ANSWER);
		socket?.close();
	}

	private send(request: OperatorRequest): void {
		this.socket?.send(JSON.stringify(request));
	}

	private receive(message: OperatorMessage | undefined): void {
		if (message?.type === 'session') this.authenticated(message.token);
		else if (message?.type === 'event') for (const listener of this.listeners) listener(message.event);
		else if (message?.type === 'reply') {
			this.pendingCalls.get(message.id)?.(message);
			this.pendingCalls.delete(message.id);
		}
	}

	private authenticated(token: string): void {
		this.ports.tokens.write(token);
		this.retryDelayMs = FIRST_RETRY_DELAY_MS;
		this.cancelConnectTimeout();
		if (this.link.value.phase === 'connected') return;
		this.link.value = { phase: 'connected' };
		this.check.start();
	}

	private handleClose(code: number): void {
		this.socket = undefined;
		this.check.stop();
		this.cancelConnectTimeout();
		const replies = [...this.pendingCalls.values()];
		this.pendingCalls.clear();
		const refusal = REFUSALS.get(code);
		if (refusal === undefined) this.scheduleRetry();
		else {
			this.ports.tokens.write(undefined);
			this.lock(problemOf(refusal));
		}
		for (const reply of replies) reply({ ok: false, problem: UNREACHABLE_PROBLEM });
	}

	private scheduleRetry(): void {
		this.link.value = { phase: 'lost', isRetrying: false, retry: () => void this.connect() };
		this.cancelRetry = this.ports.clock.after(this.retryDelayMs, () => void this.connect());
		this.retryDelayMs = Math.min(this.retryDelayMs * 2, MAX_RETRY_DELAY_MS);
	}

	private lock(problem?: OperatorProblem): void {
		this.link.value = { phase: 'locked', unlock: (token) => this.unlock(token), ...(problem && { problem }) };
	}

	private unlock(token: string): void {
		this.ports.tokens.write(token);
		void this.connect();
	}
}

function problemOf(error: 'INVALID_API_KEY' | 'TOKEN_EXPIRED'): OperatorProblem {
	const { code, message, retryable } = ERRORS[error];
	return { error, code, message, retryable };
}
