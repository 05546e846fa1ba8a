import { setImmediate } from 'node:timers/promises';
import type { RawData, WebSocket } from 'ws';
import type { Clock } from '../../time/clock.ts';
import { FlowLimit } from './flow-limit.ts';
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

/** Frames waiting to be handled above which the socket is not read. */
const MAX_WAITING_FRAMES = 32;

/** Longest reason of a close frame, bytes of UTF-8 (RFC 6455, section 5.5). */
const MAX_REASON_BYTES = 123;

export interface CloseFrame {
	readonly code: number;
	readonly reason: string;
}

export interface ConnectionOptions {
	readonly clock: Clock;
	/** As in `server.messagesPerSecond`. */
	readonly messagesPerSecond: number;
	/** As in `Outbox`. */
	readonly maxUnsentBytes?: number;
}

export interface ConnectionEvents {
	/** Handles one text frame; the next one waits until the promise settles. Must not reject. */
	readonly onText: (text: string) => void | Promise<void>;
	/** Called when the socket fails; it then closes automatically. */
	readonly onError: (error: Error) => void;
	/** Called once, when nothing more can be sent; the socket may take a moment to close. `closeFrame` is set if we closed it. */
	readonly onClosing: (closeFrame?: CloseFrame) => void;
	/** Called once, when the socket is closed. */
	readonly onClosed: () => void;
}

/** A text or control frame that waits for the ones before it. */
interface WaitingFrame {
	readonly bytes: number;
	handle(): void | Promise<void>;
}

/**
 * Handles the frames of one client one at a time and at a limited rate, sends texts without waiting, and closes the socket once.
 *
 * However much a client sends, one turn of the event loop handles only one of its frames, so that other clients do not wait.
 */
export class Connection {
	private readonly socket: WebSocket;
	private readonly events: ConnectionEvents;
	private readonly clock: Clock;
	private readonly outbox: Outbox;
	private readonly flow: FlowLimit;
	private readonly waiting: WaitingFrame[] = [];
	private isHandling = false;
	/** Set while the client has to wait because it was over the limit. */
	private cancelHold: (() => void) | undefined;
	private hasStopped = false;

	constructor(socket: WebSocket, events: ConnectionEvents, options: ConnectionOptions) {
		this.socket = socket;
		this.events = events;
		this.clock = options.clock;
		this.flow = new FlowLimit(options);
		this.outbox = new Outbox(socket, () => queueMicrotask(() => this.closeSlowClient()), options.maxUnsentBytes);
		socket.on('message', (data, isBinary) => this.onMessage(data, isBinary));
		// Counted like messages, because each costs as much time. `acceptWebSocket` leaves the answers to this class.
		socket.on('ping', (data) => this.add({ bytes: data.length, handle: () => this.outbox.pong(data) }));
		socket.on('pong', (data) => this.add({ bytes: data.length, handle: () => {} }));
		socket.on('error', (error) => events.onError(error));
		socket.on('close', () => this.onClose());
	}

	/** Whether nothing more is sent or handled, because the connection was closed by either side. */
	get isClosing(): boolean {
		return this.hasStopped;
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
		if (this.hasStopped) return;
		this.stopHandling();
		this.events.onClosing({ code, reason });
		this.socket.close(code, truncateReason(reason));
	}

	/** Ends the connection without waiting for the client. */
	terminate(): void {
		this.socket.terminate();
	}

	/** Runs after the `send` that detected it, because that call may be starting a scan or broadcasting an event. */
	private closeSlowClient(): void {
		this.close(CLOSE_CODES.tryAgainLater, 'This client reads too slowly; connect again');
	}

	private onClose(): void {
		if (!this.hasStopped) {
			this.stopHandling();
			this.events.onClosing();
		}
		this.events.onClosed();
	}

	private stopHandling(): void {
		this.hasStopped = true;
		this.waiting.length = 0;
		this.cancelHold?.();
		this.cancelHold = undefined;
		// Else the close frame of the client would not be read.
		this.updateReading();
	}

	private onMessage(data: RawData, isBinary: boolean): void {
		if (isBinary) this.close(CLOSE_CODES.notText, 'Send text frames');
		else this.add({ bytes: byteLength(data), handle: () => this.events.onText(data.toString()) });
	}

	private add(frame: WaitingFrame): void {
		// A client that was closed may go on sending until it receives the close frame.
		if (this.hasStopped) return;
		this.waiting.push(frame);
		this.updateReading();
		if (!this.isHandling) void this.handleWaiting();
	}

	private async handleWaiting(): Promise<void> {
		this.isHandling = true;
		for (let next = this.waiting[0]; next !== undefined && this.mayHandle(next); next = this.waiting[0]) {
			this.waiting.shift();
			const pending = next.handle();
			if (pending !== undefined) await pending;
			this.updateReading();
			if (this.waiting.length > 0) await setImmediate();
		}
		this.isHandling = false;
	}

	/** Returns whether a frame may be handled now; if not, holds the client until the second is over. */
	private mayHandle({ bytes }: WaitingFrame): boolean {
		if (this.cancelHold !== undefined) return false;
		if (this.flow.take(bytes)) return true;
		if (this.flow.isFlooding) {
			this.close(CLOSE_CODES.policyViolation, 'This client sends too many messages');
			return false;
		}
		this.cancelHold = this.clock.after(this.flow.waitMs, () => {
			this.cancelHold = undefined;
			this.updateReading();
			void this.handleWaiting();
		});
		this.updateReading();
		return false;
	}

	/** Stops reading the socket while enough frames wait or the client is held. */
	private updateReading(): void {
		const mustPause = this.cancelHold !== undefined || this.waiting.length > MAX_WAITING_FRAMES;
		if (mustPause === this.socket.isPaused) return;
		if (mustPause) this.socket.pause();
		else this.socket.resume();
	}
}

/** Returns the size of a frame, which ws delivers as one buffer unless another `binaryType` is set. */
function byteLength(data: RawData): number {
	return Array.isArray(data) ? data.reduce((sum, { length }) => sum + length, 0) : data.byteLength;
}

/** Returns the whole characters at the beginning of a reason that fit into a close frame. */
function truncateReason(reason: string): string {
	const { read } = new TextEncoder().encodeInto(reason, new Uint8Array(MAX_REASON_BYTES));
	return reason.slice(0, read);
}
