import type { Clock } from '../time/clock.ts';

const WINDOW_MS = 60_000;

/** Counts the events of the last minute. Stores at most `limit` times, however many events there are. */
export class RateWindow {
	private readonly limit: number;
	private readonly clock: Clock;
	/** Monotonic times of the events, oldest first. */
	private times: readonly number[] = [];

	/** @param options.limit events allowed within a minute, 1 or more */
	constructor(options: { limit: number; clock: Clock }) {
		this.limit = options.limit;
		this.clock = options.clock;
	}

	/** Counts one event. */
	record(): void {
		this.times = [...this.recent(), this.clock.monotonic()].slice(-this.limit);
	}

	/** Returns the whole seconds until one more event is allowed; `undefined` = it is allowed now. */
	retryAfter(): number | undefined {
		const recent = this.recent();
		const [oldest] = recent;
		if (oldest === undefined || recent.length < this.limit) return undefined;
		return Math.ceil((oldest + WINDOW_MS - this.clock.monotonic()) / 1_000);
	}

	private recent(): readonly number[] {
		const since = this.clock.monotonic() - WINDOW_MS;
		return this.times.filter((time) => time > since);
	}
}
