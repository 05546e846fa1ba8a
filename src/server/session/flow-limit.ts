import { RateWindow } from '../../access/rate-window.ts';
import type { Clock } from '../../time/clock.ts';

const SECOND_MS = 1_000;

/** Bytes of messages that one client may send in a second. */
const BYTES_PER_SECOND = 8 * 1024 * 1024;

/** Seconds over the limit, within a minute, after which a client counts as flooding. */
const MAX_SECONDS_OVER_LIMIT = 10;

/** Limits how much one client may send in a second. */
export class FlowLimit {
	private readonly messagesPerSecond: number;
	private readonly clock: Clock;
	private readonly secondsOverLimit: RateWindow;
	/** Start of the current second, monotonic ms. */
	private start = Number.NEGATIVE_INFINITY;
	private messages = 0;
	private bytes = 0;
	private isOverLimit = false;

	/** @param options.messagesPerSecond as in `server.messagesPerSecond` */
	constructor({ messagesPerSecond, clock }: { messagesPerSecond: number; clock: Clock }) {
		this.messagesPerSecond = messagesPerSecond;
		this.clock = clock;
		this.secondsOverLimit = new RateWindow({ limit: MAX_SECONDS_OVER_LIMIT, clock });
	}

	/** Counts a message if the current second has room for it. @returns whether it has; else the message must wait */
	take(bytes: number): boolean {
		const now = this.clock.monotonic();
		if (now - this.start >= SECOND_MS) {
			this.start = now;
			this.messages = 0;
			this.bytes = 0;
			this.isOverLimit = false;
		}
		if (this.messages < this.messagesPerSecond && this.bytes + bytes <= BYTES_PER_SECOND) {
			this.messages++;
			this.bytes += bytes;
			return true;
		}
		if (!this.isOverLimit) this.secondsOverLimit.record();
		this.isOverLimit = true;
		return false;
	}

	/** Time until the current second is over, whole ms, 1 or more. */
	get waitMs(): number {
		return Math.max(1, Math.ceil(this.start + SECOND_MS - this.clock.monotonic()));
	}

	/** Whether the client has been over the limit in ten seconds of the last minute. */
	get isFlooding(): boolean {
		return this.secondsOverLimit.retryAfter() !== undefined;
	}
}
