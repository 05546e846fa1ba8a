import type { Clock } from '../clock.ts';

/** Seven hours forward and back, as when a computer is set to the wrong time zone. */
export const CLOCK_STEPS_MS = [7 * 3_600_000, -7 * 3_600_000] as const;

/** A clock whose time changes only with `advance`, which runs due actions in order, and whose wall clock can also be set. */
export class FakeClock implements Clock {
	/** Monotonic time, ms. */
	private time = 0;
	/** Wall clock minus monotonic time, ms. */
	private offset: number;
	private readonly timers = new Set<{ at: number; action: () => void }>();

	constructor(startMs = Date.UTC(2026, 0, 1)) {
		this.offset = startMs;
	}

	now(): number {
		return this.offset + this.time;
	}

	monotonic(): number {
		return this.time;
	}

	/**
	 * Sets the wall clock forward, or back if `ms` is negative. A sleep of the computer looks the same where the monotonic clock
	 * stands still meanwhile: no timer runs.
	 */
	stepWallClock(ms: number): void {
		this.offset += ms;
	}

	/** Lets the computer sleep where the monotonic clock runs meanwhile: no action runs before the next `advance`. */
	sleep(ms: number): void {
		this.time += ms;
	}

	after(delayMs: number, action: () => void): () => void {
		const timer = { at: this.time + delayMs, action };
		this.timers.add(timer);
		return () => this.timers.delete(timer);
	}

	/** Moves time by `ms` and runs each action at its time, including those that earlier actions add. */
	advance(ms: number): void {
		const end = this.time + ms;
		for (let next = this.nextDue(end); next !== undefined; next = this.nextDue(end)) {
			this.timers.delete(next);
			this.time = Math.max(this.time, next.at);
			next.action();
		}
		this.time = end;
	}

	/** Number of actions that wait; tests use it to check that no timer is left behind. */
	get pending(): number {
		return this.timers.size;
	}

	private nextDue(end: number): { at: number; action: () => void } | undefined {
		let next: { at: number; action: () => void } | undefined;
		for (const timer of this.timers) {
			if (timer.at <= end && (next === undefined || timer.at < next.at)) next = timer;
		}
		return next;
	}
}
