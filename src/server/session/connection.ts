import type { RawData, WebSocket } from 'ws';
import { SerialQueue } from '../../time/serial-queue.ts';
import { Outbox } from './outbox.ts';

/** Close codes of RFC 6455, section 7.4.1, and our own, which equal the error code they report. */
export const CLOSE_CODES = {
	goingAway: 1001,
	notText: 1003,
	policyViolation: 1008,
	tryAgainLater: 1013,
	notAuthenticated: 4001,
	keyRevoked: 4002,
	expired: 4005,
} as const;

/** Number of messages waiting to be handled above which the socket stops reading. */
const MAX_WAITING_MESSAGES = 32;

/** Longest reason of a close frame, bytes of UTF-8 (RFC 6455, section 5.5). */
const MAX_REASON_BYTES = 123;

export interface CloseFrame {
	readonly code: number;
	readonly reason: string;
}

export interface ConnectionEvents {
	/** Handles one text frame; the next one waits until the promise settles. Must not reject. */
	readonly onText: (text: string) => Promise<void>;
	/** Called when the socket fails; it then closes automatically. */
	readonly onError: (error: Error) => void;
	/** Called once, when nothing more can be sent; the socket may take a moment to close. `closeFrame` is set if we closed it. */
	readonly onClosing: (closeFrame?: CloseFrame) => void;
	/** Called once, when the socket is closed. */
	readonly onClosed: () => void;
}

/** Receives text frames one at a time, sends texts without waiting, and closes the socket once. */
export class Connection {
	private readonly socket: WebSocket;
	private readonly events: ConnectionEvents;
	private readonly outbox: Outbox;
	private readonly queue = new SerialQueue();
	private waiting = 0;
	private isClosing = false;

	/** @param options.maxUnsentBytes see `Outbox` */
	constructor(socket: WebSocket, events: ConnectionEvents, options: { readonly maxUnsentBytes?: number } = {}) {
		this.socket = socket;
		this.events = events;
		this.outbox = new Outbox(socket, () => queueMicrotask(() => this.closeSlowClient()), options.maxUnsentBytes);
		socket.on('message', (data, isBinary) => this.onFrame(data, isBinary));
		socket.on('error', (error) => events.onError(error));
		socket.on('close', () => this.onClose());
	}

	send(text: string): void {
		this.outbox.send(text);
	}

	/** Sends a log entry unless the client reads too slowly. */
	sendLog(text: string): void {
		this.outbox.sendLog(text);
	}

	/** Returns the number of lost log entries not yet reported to the client, once there is room to report it; else 0. */
	takeLostLogs(): number {
		return this.outbox.takeLostLogs();
	}

	/** Closes with as much of the reason as fits; the socket is terminated if the client does not answer within 2 s. */
	close(code: number, reason: string): void {
		if (this.isClosing) return;
		this.isClosing = true;
		this.events.onClosing({ code, reason });
		this.socket.close(code, truncateReason(reason));
	}

	/** Runs after the `send` that detected it, because that call may be starting a scan or broadcasting an event. */
	private closeSlowClient(): void {
		this.close(CLOSE_CODES.tryAgainLater, 'This client reads too slowly; connect again');
	}

	private onClose(): void {
		if (!this.isClosing) this.events.onClosing();
		this.isClosing = true;
		this.events.onClosed();
	}

	private onFrame(data: RawData, isBinary: boolean): void {
		if (isBinary) {
			this.close(CLOSE_CODES.notText, 'Send text frames');
			return;
		}
		const text = data.toString();
		if (++this.waiting > MAX_WAITING_MESSAGES) this.socket.pause();
		void this.queue.run(() => this.handle(text));
	}

	private async handle(text: string): Promise<void> {
		if (!this.isClosing) await this.events.onText(text);
		if (--this.waiting <= MAX_WAITING_MESSAGES) this.socket.resume();
	}
}

/** Returns the whole characters at the beginning of a reason that fit into a close frame. */
function truncateReason(reason: string): string {
	const { read } = new TextEncoder().encodeInto(reason, new Uint8Array(MAX_REASON_BYTES));
	return reason.slice(0, read);
}
