import type { Clock } from '../clock.ts';

/** A clock for tests: time stands still until `advance` moves it, then due actions run in order. */
export class FakeClock implements Clock {
	private time: number;
	private readonly timers = new Set<{ at: number; action: () => void }>();

	constructor(startMs = Date.UTC(2026, 0, 1)) {
		this.time = startMs;
	}

	now(): number {
		return this.time;
	}

	after(delayMs: number, action: () => void): () => void {
		const timer = { at: this.time + delayMs, action };
		this.timers.add(timer);
		return () => this.timers.delete(timer);
	}

	/** Move time by `ms`, running each action at its own moment, also those that earlier actions add. */
	advance(ms: number): void {
		const end = this.time + ms;
		for (let next = this.nextDue(end); next !== undefined; next = this.nextDue(end)) {
			this.timers.delete(next);
			this.time = next.at;
			next.action();
		}
		this.time = end;
	}

	/** How many actions wait: a test can prove that nothing was left behind. */
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
