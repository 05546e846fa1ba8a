import type { RawData, WebSocket } from 'ws';
import { Outbox } from './outbox.ts';

/** Close codes of RFC 6455, section 7.4.1, and our own, which repeat the error they stand for. */
export const CLOSE = {
	goingAway: 1001,
	notText: 1003,
	policyViolation: 1008,
	tryAgainLater: 1013,
	notAuthenticated: 4001,
	keyRevoked: 4002,
	expired: 4005,
} as const;

/** Messages that may wait for the one under way before the socket is told to hold back. */
const MAX_WAITING_MESSAGES = 32;

/** What a close frame has room for beside its code, bytes of UTF-8 (RFC 6455, section 5.5). */
const MAX_REASON_BYTES = 123;

export interface ConnectionEvents {
	/** One text frame; the next one waits until the promise settles. Must not reject. */
	readonly onText: (text: string) => Promise<void>;
	/** The socket failed; it closes by itself. */
	readonly onError: (error: Error) => void;
	/** Nothing is sent any more, though the socket may take a moment to close; `goodbye` if it was our doing. Called once. */
	readonly onClosing: (goodbye?: { code: number; reason: string }) => void;
	/** The socket is closed. Called once. */
	readonly onClosed: () => void;
}

/** Text frames in, one after the other; texts out, never waiting; one goodbye. */
export class Connection {
	private readonly socket: WebSocket;
	private readonly events: ConnectionEvents;
	private readonly outbox: Outbox;
	private waiting = 0;
	private lastHandled: Promise<void> = Promise.resolve();
	private isClosing = false;

	/** @param options.maxWaitingBytes see `Outbox` */
	constructor(socket: WebSocket, events: ConnectionEvents, options: { readonly maxWaitingBytes?: number } = {}) {
		this.socket = socket;
		this.events = events;
		this.outbox = new Outbox(socket, () => queueMicrotask(() => this.giveUp()), options.maxWaitingBytes);
		socket.on('message', (data, isBinary) => this.onFrame(data, isBinary));
		socket.on('error', (error) => events.onError(error));
		socket.on('close', () => this.onClose());
	}

	send(text: string): void {
		this.outbox.send(text);
	}

	/** Send a log entry unless the client is too slow for it. */
	sendLog(text: string): void {
		this.outbox.sendLog(text);
	}

	/** Log entries lost that the client was not told of yet, once there is room to tell it; else 0. */
	takeLostLogs(): number {
		return this.outbox.takeLostLogs();
	}

	/** Say goodbye, with as much of the reason as fits; the socket is cut if the client does not answer within seconds. */
	close(code: number, reason: string): void {
		if (this.isClosing) return;
		this.isClosing = true;
		this.events.onClosing({ code, reason });
		this.socket.close(code, fitting(reason));
	}

	/** Later than the send that found it out: that one may be in the middle of a scan's start, or of telling everybody. */
	private giveUp(): void {
		this.close(CLOSE.tryAgainLater, 'You do not read what is sent to you');
	}

	private onClose(): void {
		if (!this.isClosing) this.events.onClosing();
		this.isClosing = true;
		this.events.onClosed();
	}

	private onFrame(data: RawData, isBinary: boolean): void {
		if (isBinary) {
			this.close(CLOSE.notText, 'Send text frames');
			return;
		}
		const text = data.toString();
		if (++this.waiting > MAX_WAITING_MESSAGES) this.socket.pause();
		this.lastHandled = this.lastHandled.then(() => this.handle(text));
	}

	private async handle(text: string): Promise<void> {
		if (!this.isClosing) await this.events.onText(text);
		if (--this.waiting <= MAX_WAITING_MESSAGES) this.socket.resume();
	}
}

/** The whole characters at the beginning of a reason that fit into a close frame. */
function fitting(reason: string): string {
	const { read } = new TextEncoder().encodeInto(reason, new Uint8Array(MAX_REASON_BYTES));
	return reason.slice(0, read);
}
