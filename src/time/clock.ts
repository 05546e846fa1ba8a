/** Where time comes from, so that tests can turn it by hand. */
export interface Clock {
	/** Milliseconds since 1970, UTC. */
	now(): number;
	/** Run `action` once after `delayMs`. @returns cancels it; harmless after it ran */
	after(delayMs: number, action: () => void): () => void;
}

export const systemClock: Clock = {
	now: () => Date.now(),
	after: (delayMs, action) => {
		const timer = setTimeout(action, delayMs);
		return () => clearTimeout(timer);
	},
};

/** The moment as the wire wants it: ISO 8601, UTC. */
export function timestamp(clock: Clock): string {
	return new Date(clock.now()).toISOString();
}
