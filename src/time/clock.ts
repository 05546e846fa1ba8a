/**
 * Source of time; tests replace it with a `FakeClock`.
 *
 * A timestamp comes from `now()` and is stored in a field that ends in `At`. A duration is the difference of two results of
 * `monotonic()`, which are stored in fields that end in `Monotonic`. `clock-use.test.ts` checks that no duration comes from `now()`.
 */
export interface Clock {
	/** Milliseconds since 1970, UTC. */
	now(): number;
	/**
	 * Whole milliseconds since an arbitrary moment, for durations: setting the computer's clock does not change it. Whether it advances
	 * while the computer sleeps depends on the system.
	 */
	monotonic(): number;
	/** Runs `action` once after `delayMs`. @returns a function that cancels it, without effect once it has run */
	after(delayMs: number, action: () => void): () => void;
}

export const systemClock: Clock = {
	now: () => Date.now(),
	monotonic: () => Math.floor(performance.now()),
	after: (delayMs, action) => {
		const timer = setTimeout(action, delayMs);
		return () => clearTimeout(timer);
	},
};

/** Returns the current time as ISO 8601 in UTC, the format of the protocol. */
export function timestamp(clock: Clock): string {
	return new Date(clock.now()).toISOString();
}

/** Returns the ms until a wall time, such as an expiry; negative once it has passed. Setting the wall clock changes it. */
export function msUntil(timeAt: number, clock: Clock): number {
	return timeAt - clock.now();
}
