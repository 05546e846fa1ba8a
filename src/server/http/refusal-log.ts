import { RateWindow } from '../../access/rate-window.ts';
import type { Logger, LogMetadata } from '../../log/logger.ts';
import type { Clock } from '../../time/clock.ts';

/** Refusals within a minute that are logged individually. */
const MAX_LINES = 10;

/** Longest text from the client that is logged, characters: enough for an `Origin`. */
const MAX_TEXT_LENGTH = 400;

/**
 * Logs refused handshakes, clients that are closed before they have authenticated, failed authentications, and invalid links to the
 * operator window, at a limited rate, so that a page which retries continuously cannot flood the log.
 */
export class RefusalLog {
	private readonly logger: Pick<Logger, 'warn'>;
	private readonly clock: Clock;
	private readonly lines: RateWindow;
	private unreported = 0;
	private cancelSummary = () => {};
	private isClosed = false;

	constructor({ logger, clock }: { logger: Pick<Logger, 'warn'>; clock: Clock }) {
		this.logger = logger;
		this.clock = clock;
		this.lines = new RateWindow({ limit: MAX_LINES, clock });
	}

	/** Logs one refusal, or counts it for the summary that follows once the rate allows it. */
	record(facts: LogMetadata, message = 'Connection refused'): void {
		if (this.isClosed) return;
		const seconds = this.lines.retryAfter();
		if (seconds === undefined) {
			this.lines.record();
			this.logger.warn(message, truncate(facts));
		} else if (++this.unreported === 1) {
			this.cancelSummary = this.clock.after(seconds * 1_000, () => this.logSummary());
		}
	}

	/** Logs the summary of the counted refusals and ignores later ones; leaves no timer running. Idempotent. */
	close(): void {
		this.isClosed = true;
		this.logSummary();
	}

	private logSummary(): void {
		this.cancelSummary();
		if (this.unreported > 0) this.logger.warn('More connections refused', { count: this.unreported });
		this.unreported = 0;
	}
}

function truncate(facts: LogMetadata): LogMetadata {
	const entries = Object.entries(facts).map(([name, fact]) => [
		name,
		typeof fact === 'string' ? fact.slice(0, MAX_TEXT_LENGTH) : fact,
	]);
	return Object.fromEntries(entries);
}
