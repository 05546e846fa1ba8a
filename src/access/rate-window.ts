import type { Clock } from '../protocol/clock.ts';

/** Counts what happened within the last while: at most `limit` moments are remembered, however often it happens. */
export class RateWindow {
	private readonly limit: number;
	private readonly windowMs: number;
	private readonly clock: Clock;
	private moments: readonly number[] = [];

	/**
	 * @param options.limit how often within a window is still fine, 1 or more
	 * @param options.windowMs default one minute
	 */
	constructor(options: { limit: number; windowMs?: number; clock: Clock }) {
		this.limit = options.limit;
		this.windowMs = options.windowMs ?? 60_000;
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
		return Math.ceil((oldest + this.windowMs - this.clock.now()) / 1_000);
	}

	private recent(): readonly number[] {
		const since = this.clock.now() - this.windowMs;
		return this.moments.filter((moment) => moment > since);
	}
}
