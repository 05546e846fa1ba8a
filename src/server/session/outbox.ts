import { WebSocket } from 'ws';

/** What may wait for a client that does not read, bytes; beyond it the client is given up. */
const MAX_WAITING_BYTES = 1024 * 1024;

/** Beyond this a client gets no log entries any more, bytes: those it can miss, events it cannot. */
const MAX_WAITING_BEFORE_LOGS_ARE_LOST_BYTES = 256 * 1024;

/** The way out to one client: never waits, never grows without bound. */
export class Outbox {
	private readonly socket: WebSocket;
	private readonly onOverflow: () => void;
	private readonly maxWaitingBytes: number;
	private lostLogs = 0;

	/**
	 * @param onOverflow the client does not read; called in place of sending
	 * @param maxWaitingBytes what may wait for it; default 1 MiB
	 */
	constructor(socket: WebSocket, onOverflow: () => void, maxWaitingBytes = MAX_WAITING_BYTES) {
		this.maxWaitingBytes = maxWaitingBytes;
		this.socket = socket;
		this.onOverflow = onOverflow;
	}

	/** Send a serialised event; dropped without a word if the connection is closing anyway. */
	send(text: string): void {
		if (this.socket.readyState !== WebSocket.OPEN) return;
		if (this.socket.bufferedAmount > this.maxWaitingBytes) this.onOverflow();
		else this.socket.send(text);
	}

	/** Send a serialised log entry unless the client is too slow for it. */
	sendLog(text: string): void {
		if (this.socket.bufferedAmount > MAX_WAITING_BEFORE_LOGS_ARE_LOST_BYTES) this.lostLogs++;
		else this.send(text);
	}

	/** Log entries lost since the last call, once there is room again to tell of them; else 0. */
	takeLostLogs(): number {
		if (this.socket.bufferedAmount > MAX_WAITING_BEFORE_LOGS_ARE_LOST_BYTES) return 0;
		const lost = this.lostLogs;
		this.lostLogs = 0;
		return lost;
	}
}
