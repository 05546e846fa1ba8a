/** Source of time; tests replace it with a `FakeClock`. */
export interface Clock {
	/** Milliseconds since 1970, UTC. */
	now(): number;
	/**
	 * Milliseconds since an arbitrary moment, for durations: setting the computer's clock does not change it. Whether it advances
	 * while the computer sleeps depends on the system.
	 */
	monotonic(): number;
	/** Runs `action` once after `delayMs`. @returns a function that cancels it, without effect once it has run */
	after(delayMs: number, action: () => void): () => void;
}

export const systemClock: Clock = {
	now: () => Date.now(),
	monotonic: () => performance.now(),
	after: (delayMs, action) => {
		const timer = setTimeout(action, delayMs);
		return () => clearTimeout(timer);
	},
};

/** Returns the current time as ISO 8601 in UTC, the format of the protocol. */
export function timestamp(clock: Clock): string {
	return new Date(clock.now()).toISOString();
}
