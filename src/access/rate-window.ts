import type { Clock } from '../time/clock.ts';

const WINDOW_MS = 60_000;

/** Counts what happened within the last minute: at most `limit` moments are remembered, however often it happens. */
export class RateWindow {
	private readonly limit: number;
	private readonly clock: Clock;
	private moments: readonly number[] = [];

	/** @param options.limit how often within a minute is still fine, 1 or more */
	constructor(options: { limit: number; clock: Clock }) {
		this.limit = options.limit;
		this.clock = options.clock;
	}

	/** Count one more. */
	record(): void {
		this.moments = [...this.recent(), this.clock.now()].slice(-this.limit);
	}

	/** Whole seconds until there is room for one more; `undefined` = there is room now. */
	retryAfter(): number | undefined {
		const recent = this.recent();
		const [oldest] = recent;
		if (oldest === undefined || recent.length < this.limit) return undefined;
		return Math.ceil((oldest + WINDOW_MS - this.clock.now()) / 1_000);
	}

	private recent(): readonly number[] {
		const since = this.clock.now() - WINDOW_MS;
		return this.moments.filter((moment) => moment > since);
	}
}
