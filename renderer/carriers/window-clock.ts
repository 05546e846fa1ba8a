/** Timers and wall-clock time for the window; tests pass the service's `FakeClock`. */
export interface WindowClock {
	/** Milliseconds since 1970, UTC. */
	now(): number;
	/** Runs `action` once after `delayMs`. @returns a function that cancels it, without effect after it ran */
	after(delayMs: number, action: () => void): () => void;
}

export const windowClock: WindowClock = {
	now: () => Date.now(),
	after: (delayMs, action) => {
		const timer = setTimeout(action, delayMs);
		return () => clearTimeout(timer);
	},
};
