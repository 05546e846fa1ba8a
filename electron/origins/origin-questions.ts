import { RateWindow } from '../../src/access/rate-window.ts';
import type { OriginDecision } from '../../src/operator/contract.ts';
import type { Clock } from '../../src/time/clock.ts';

/** Limits dialogs, because a page can invent origins faster than an operator answers. The window lists all of them. */
const QUESTIONS_PER_MINUTE = 3;

/** Pause between two questions, in ms, so that the second click of a double click does not answer the next one. */
const QUESTION_DELAY_MS = 1_000;

export interface OriginQuestionsOptions {
	/** Asks the operator. Resolves with `undefined` for "not now" and after the signal has withdrawn the question. */
	readonly ask: (origin: string, signal: AbortSignal) => Promise<OriginDecision | undefined>;
	readonly decide: (origin: string, decision: OriginDecision) => Promise<unknown>;
	readonly clock: Clock;
}

/** Asks the operator about new web origins: one at a time, each once per run of the app, and at a limited rate. */
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
	 * Updates the origins to ask about. An open question stays until it is answered or decided in the window. It also stays
	 * when newer origins displace its origin from the list, because otherwise the operator could answer a question that
	 * appeared a moment before the click.
	 *
	 * @param pending undecided origins, latest first
	 * @param decided origins that are allowed or blocked
	 */
	update(pending: readonly string[], decided: readonly string[]): void {
		this.pending = pending;
		if (this.current !== undefined && decided.includes(this.current.origin)) this.current.abort.abort();
		this.askNext();
	}

	/** Withdraws the open question and asks no further one. */
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
			this.cancelPause = this.options.clock.after(QUESTION_DELAY_MS, () => {
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
