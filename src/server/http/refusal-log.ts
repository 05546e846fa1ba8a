import { RateWindow } from '../../access/rate-window.ts';
import type { Logger, LogMetadata } from '../../log/logger.ts';
import type { Clock } from '../../time/clock.ts';

/** Refusals within a minute that get a line of their own. */
const MAX_LINES = 10;

/** Of what the client has made up, characters: an `Origin` fits, and the log stays small. */
const MAX_TEXT_LENGTH = 400;

/**
 * Logs refused handshakes and links to the console that are no good, but not so often that a page which tries again
 * and again could wash the log away.
 */
export class RefusalLog {
	private readonly logger: Pick<Logger, 'warn'>;
	private readonly clock: Clock;
	private readonly lines: RateWindow;
	private untold = 0;
	private cancelSummary = () => {};
	private isClosed = false;

	constructor({ logger, clock }: { logger: Pick<Logger, 'warn'>; clock: Clock }) {
		this.logger = logger;
		this.clock = clock;
		this.lines = new RateWindow({ limit: MAX_LINES, clock });
	}

	/** Log one refusal, or count it for the one line that follows when there is room again. */
	record(facts: LogMetadata): void {
		if (this.isClosed) return;
		const seconds = this.lines.retryAfter();
		if (seconds === undefined) {
			this.lines.record();
			this.logger.warn('Connection refused', cut(facts));
		} else if (++this.untold === 1) {
			this.cancelSummary = this.clock.after(seconds * 1_000, () => this.tellRest());
		}
	}

	/** Log how many refusals had no line of their own, and nothing after that; leaves no timer behind. Idempotent. */
	close(): void {
		this.isClosed = true;
		this.tellRest();
	}

	private tellRest(): void {
		this.cancelSummary();
		if (this.untold > 0) this.logger.warn('More connections were refused', { count: this.untold });
		this.untold = 0;
	}
}

function cut(facts: LogMetadata): LogMetadata {
	const entries = Object.entries(facts).map(([name, fact]) => [
		name,
		typeof fact === 'string' ? fact.slice(0, MAX_TEXT_LENGTH) : fact,
	]);
	return Object.fromEntries(entries);
}
