import type { Clock } from '../protocol/clock.ts';

const MAX_FAILURES = 5;
const WINDOW_MS = 60_000;

/** The longest host name (RFC 1035: 253 characters) with scheme and port fits; a forged longer one takes no more room. */
const MAX_ORIGIN_LENGTH = 272;

/** With the length above at most 1 MB, however many origins an attacker invents. */
const MAX_ORIGINS = 2_000;

/** Slows the guessing of keys: five failed authentications a minute from one origin, then that origin waits. */
export class AuthThrottle {
	/** Moments of the latest failures by origin, oldest first; the origin that failed last stands last. */
	private readonly failures = new Map<string, readonly number[]>();
	private readonly clock: Clock;

	constructor(clock: Clock) {
		this.clock = clock;
	}

	/**
	 * @param origin of the connection; undefined = native programs, which share one count
	 * @returns whole seconds to wait before the next attempt, 1..60; undefined = may try now
	 */
	check(origin: string | undefined): number | undefined {
		const recent = this.recentFailures(keyOf(origin));
		const [oldest] = recent;
		if (oldest === undefined || recent.length < MAX_FAILURES) return undefined;
		return Math.ceil((oldest + WINDOW_MS - this.clock.now()) / 1_000);
	}

	/** Count a refused key. Call it for judged attempts only: one that `check` turned away must not prolong the wait. */
	recordFailure(origin: string | undefined): void {
		const key = keyOf(origin);
		const recent = this.recentFailures(key);
		this.failures.delete(key);
		this.failures.set(key, [...recent, this.clock.now()].slice(-MAX_FAILURES));
		for (const [leastRecent] of this.failures) {
			if (this.failures.size <= MAX_ORIGINS) break;
			this.failures.delete(leastRecent);
		}
	}

	private recentFailures(key: string): readonly number[] {
		const since = this.clock.now() - WINDOW_MS;
		return (this.failures.get(key) ?? []).filter((moment) => moment > since);
	}
}

function keyOf(origin: string | undefined): string {
	return (origin ?? '').slice(0, MAX_ORIGIN_LENGTH);
}
