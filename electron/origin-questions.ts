import { RateWindow } from '../src/access/rate-window.ts';
import type { OriginDecision } from '../src/console/contract.ts';
import type { Clock } from '../src/protocol/clock.ts';

/** A page can make up origins faster than a person answers; what is not asked waits in the window. */
const QUESTIONS_PER_MINUTE = 3;

export interface OriginQuestionsOptions {
	/** Ask a person; `undefined` = not now. The signal takes the question back, which then counts as not now. */
	readonly ask: (origin: string, signal: AbortSignal) => Promise<OriginDecision | undefined>;
	readonly decide: (origin: string, decision: OriginDecision) => Promise<unknown>;
	readonly clock: Clock;
}

/** Asks about new web origins: one at a time, each once in a run of the program, and never faster than a person can answer. */
export class OriginQuestions {
	private readonly options: OriginQuestionsOptions;
	private readonly asked = new Set<string>();
	private readonly rate: RateWindow;
	private pending: readonly string[] = [];
	private current: { readonly origin: string; readonly abort: AbortController } | undefined;

	constructor(options: OriginQuestionsOptions) {
		this.options = options;
		this.rate = new RateWindow({ limit: QUESTIONS_PER_MINUTE, clock: options.clock });
	}

	/** @param pending all origins about which nobody has decided, latest first */
	update(pending: readonly string[]): void {
		this.pending = pending;
		// Somebody has decided in the window meanwhile.
		if (this.current !== undefined && !pending.includes(this.current.origin)) this.current.abort.abort();
		this.askNext();
	}

	/** Take back what is being asked, and ask nothing more. */
	close(): void {
		this.pending = [];
		this.current?.abort.abort();
	}

	private askNext(): void {
		if (this.current !== undefined || this.rate.retryAfter() !== undefined) return;
		const origin = this.pending.find((candidate) => !this.asked.has(candidate));
		if (origin === undefined) return;
		this.current = { origin, abort: new AbortController() };
		this.asked.add(origin);
		this.rate.record();
		void this.ask(this.current).finally(() => {
			this.current = undefined;
			this.askNext();
		});
	}

	private async ask({ origin, abort }: { origin: string; abort: AbortController }): Promise<void> {
		const decision = await this.options.ask(origin, abort.signal);
		if (decision !== undefined && !abort.signal.aborted) await this.options.decide(origin, decision);
	}
}
