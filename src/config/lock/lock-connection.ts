import type { Socket } from 'node:net';
import type * as z from 'zod';
import type { Clock } from '../../time/clock.ts';

/** Time for the other end to send its next message, ms. */
export const STEP_TIMEOUT_MS = 2_000;

/** Longest text that may be waiting to be read, characters. A message takes a few hundred. */
const MAX_UNREAD = 4_096;

/** Exchanges JSON objects with the other end, one per line. Any violation of the limits closes the connection. */
export class LockConnection {
	private readonly socket: Socket;
	private readonly clock: Clock;
	private unread = '';
	private wake = () => {};

	constructor(socket: Socket, clock: Clock) {
		this.socket = socket;
		this.clock = clock;
		socket.setEncoding('utf8');
		socket.on('data', (text: string) => {
			this.unread += text;
			if (this.unread.length > MAX_UNREAD) socket.destroy();
			this.wake();
		});
		// `close` follows, and the owner of the connection reports what it could not do.
		socket.on('error', () => {});
		socket.on('close', () => this.wake());
	}

	send(message: object): void {
		this.socket.write(`${JSON.stringify(message)}\n`);
	}

	/**
	 * Returns the next message.
	 *
	 * @throws Error if the connection closes, the message does not arrive in time or does not fit the schema
	 */
	async receive<T>(schema: z.ZodType<T>, timeoutMs = STEP_TIMEOUT_MS): Promise<T> {
		const cancel = this.clock.after(timeoutMs, () => this.socket.destroy());
		try {
			while (!this.unread.includes('\n')) {
				if (this.socket.destroyed) throw new Error('The connection was closed before a message arrived');
				await new Promise<void>((resolve) => (this.wake = resolve));
			}
		} finally {
			cancel();
		}
		const end = this.unread.indexOf('\n');
		const line = this.unread.slice(0, end);
		this.unread = this.unread.slice(end + 1);
		return schema.parse(JSON.parse(line));
	}

	/** Resolves once the connection is closed, by either end or after the timeout. @returns whether it was closed in time */
	async closed(timeoutMs: number): Promise<boolean> {
		let isInTime = true;
		const cancel = this.clock.after(timeoutMs, () => {
			isInTime = false;
			this.socket.destroy();
		});
		while (!this.socket.closed) await new Promise<void>((resolve) => (this.wake = resolve));
		cancel();
		return isInTime;
	}

	/** Closes the connection after what was sent; idempotent. */
	close(): void {
		this.socket.end();
		this.socket.destroySoon();
	}
}
