import type { Clock } from '../time/clock.ts';
import { RateWindow } from './rate-window.ts';

const MAX_FAILURES = 5;

/** The longest host name (RFC 1035: 253 characters) with scheme and port fits; a forged longer one takes no more room. */
const MAX_ORIGIN_LENGTH = 272;

/** With the length above at most 1 MB, however many origins an attacker invents. */
const MAX_ORIGINS = 2_000;

/** Slows the guessing of keys: five failed authentications a minute from one origin, then that origin waits. */
export class AuthThrottle {
	/** The origin that failed last stands last. */
	private readonly failures = new Map<string, RateWindow>();
	private readonly clock: Clock;

	constructor(clock: Clock) {
		this.clock = clock;
	}

	/**
	 * @param origin of the connection; undefined = native programs, which share one count
	 * @returns whole seconds to wait before the next attempt, 1..60; undefined = may try now
	 */
	check(origin: string | undefined): number | undefined {
		return this.failures.get(keyOf(origin))?.retryAfter();
	}

	/** Count a refused key. Call it for judged attempts only: one that `check` turned away must not prolong the wait. */
	recordFailure(origin: string | undefined): void {
		const key = keyOf(origin);
		const window = this.failures.get(key) ?? new RateWindow({ limit: MAX_FAILURES, clock: this.clock });
		window.record();
		this.failures.delete(key);
		this.failures.set(key, window);
		for (const [leastRecent] of this.failures) {
			if (this.failures.size <= MAX_ORIGINS) break;
			this.failures.delete(leastRecent);
		}
	}
}

function keyOf(origin: string | undefined): string {
	return (origin ?? '').slice(0, MAX_ORIGIN_LENGTH);
}
