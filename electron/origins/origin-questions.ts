import { RateWindow } from '../../src/access/rate-window.ts';
import type { OriginDecision } from '../../src/operator/contract.ts';
import type { Clock } from '../../src/time/clock.ts';

/** A page can make up origins faster than a person answers; what is not asked waits in the window. */
const QUESTIONS_PER_MINUTE = 3;

/** Between two questions: the second click of a double click must not answer the next one, ms. */
const PAUSE_MS = 1_000;

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
	private cancelPause = () => {};
	private current: { readonly origin: string; readonly abort: AbortController } | undefined;

	constructor(options: OriginQuestionsOptions) {
		this.options = options;
		this.rate = new RateWindow({ limit: QUESTIONS_PER_MINUTE, clock: options.clock });
	}

	/**
	 * A question stays until it is answered or somebody decides in the window: were it taken back because others push its
	 * origin out of the list, theirs would come up under the hand that is about to answer.
	 *
	 * @param pending origins about which nobody has decided, latest first
	 * @param decided those about which somebody has
	 */
	update(pending: readonly string[], decided: readonly string[]): void {
		this.pending = pending;
		if (this.current !== undefined && decided.includes(this.current.origin)) this.current.abort.abort();
		this.askNext();
	}

	/** Take back what is being asked, and ask nothing more. */
	close(): void {
		this.pending = [];
		this.current?.abort.abort();
		this.cancelPause();
	}

	private askNext(): void {
		if (this.current !== undefined || this.rate.retryAfter() !== undefined) return;
		const origin = this.pending.find((candidate) => !this.asked.has(candidate));
		if (origin === undefined) return;
		this.current = { origin, abort: new AbortController() };
		this.asked.add(origin);
		this.rate.record();
		void this.ask(this.current).finally(() => {
			this.cancelPause = this.options.clock.after(PAUSE_MS, () => {
				this.current = undefined;
				this.askNext();
			});
		});
	}

	private async ask({ origin, abort }: { origin: string; abort: AbortController }): Promise<void> {
		const decision = await this.options.ask(origin, abort.signal);
		if (decision !== undefined && !abort.signal.aborted) await this.options.decide(origin, decision);
	}
}
