import { WebSocket } from 'ws';

/** Unsent bytes above which a client counts as not reading and is closed. */
const MAX_UNSENT_BYTES = 1024 * 1024;

/** Unsent bytes above which log entries are dropped; a client can do without those, but not without events. */
const MAX_UNSENT_BYTES_FOR_LOG = 256 * 1024;

/** Sends to one client without waiting and with bounded memory. */
export class Outbox {
	private readonly socket: WebSocket;
	private readonly onOverflow: () => void;
	private readonly maxUnsentBytes: number;
	private lostLogs = 0;

	/**
	 * @param onOverflow called instead of sending when the client does not read
	 * @param maxUnsentBytes unsent bytes above which the client counts as not reading; default 1 MiB
	 */
	constructor(socket: WebSocket, onOverflow: () => void, maxUnsentBytes = MAX_UNSENT_BYTES) {
		this.maxUnsentBytes = maxUnsentBytes;
		this.socket = socket;
		this.onOverflow = onOverflow;
	}

	/** Sends a serialised event; drops it silently if the connection is closing. */
	send(text: string): void {
		if (this.socket.readyState !== WebSocket.OPEN) return;
		if (this.socket.bufferedAmount > this.maxUnsentBytes) this.onOverflow();
		else this.socket.send(text);
	}

	/** Answers a ping frame; drops the answer silently if the client does not read. */
	pong(data: Buffer): void {
		if (this.socket.readyState === WebSocket.OPEN && this.socket.bufferedAmount <= this.maxUnsentBytes)
			this.socket.pong(data);
	}

	/** Sends a serialised log entry, or drops it if the client reads too slowly. */
	sendLog(text: string): void {
		if (this.socket.bufferedAmount > MAX_UNSENT_BYTES_FOR_LOG) this.lostLogs++;
		else this.send(text);
	}

	/** Returns the number of log entries dropped since the last call, once there is room to report it; else 0. */
	takeLostLogs(): number {
		if (this.socket.bufferedAmount > MAX_UNSENT_BYTES_FOR_LOG) return 0;
		const lost = this.lostLogs;
		this.lostLogs = 0;
		return lost;
	}
}
