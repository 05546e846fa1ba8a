import type { Clock } from '../time/clock.ts';
import { RateWindow } from './rate-window.ts';

const MAX_FAILURES = 5;

/** Longest stored origin, characters: the longest host name (RFC 1035: 253) with scheme and port. Longer ones are truncated. */
const MAX_ORIGIN_LENGTH = 272;

/** Most origins whose failures are stored; with `MAX_ORIGIN_LENGTH` this limits the memory to about 1 MB. */
const MAX_ORIGINS = 2_000;

/**
 * Slows down key guessing: after five failed authentications within a minute, an origin does not learn for a while why others fail.
 * The caller checks credentials first and never refuses valid ones.
 */
export class AuthThrottle {
	/** Failures by origin, in the order of the latest failure, latest last. */
	private readonly failures = new Map<string, RateWindow>();
	private readonly clock: Clock;

	constructor(clock: Clock) {
		this.clock = clock;
	}

	/**
	 * Returns the whole seconds to wait before the next attempt, 1..60; undefined = no wait.
	 *
	 * @param origin of the connection; undefined = native programs, which share one count
	 */
	check(origin: string | undefined): number | undefined {
		return this.failures.get(keyOf(origin))?.retryAfter();
	}

	/** Counts a failed attempt. Do not call it for attempts that `check` refused, since they must not prolong the wait. */
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
