import type { WindowClock } from './window-clock.ts';

const CHECK_INTERVAL_MS = 5_000;
/** Longer than a busy computer needs for an answer, because a false alarm hides the state of the service. */
const ANSWER_TIMEOUT_MS = 10_000;

export interface AnswerCheckPorts {
	/** Asks the service for an answer of any kind. */
	readonly ask: () => Promise<unknown>;
	/** Called when a question has waited 10 s for its answer. */
	readonly onSilence: () => void;
	/** Called with each answer, also with one after a silence. */
	readonly onAnswer: () => void;
	readonly clock: WindowClock;
}

/** Checks every 5 s whether the service still answers, because a connection can stay open although the program hangs. */
export class AnswerCheck {
	private readonly ports: AnswerCheckPorts;
	private cancelTimer = () => {};
	/** Counts the questions, so that the answer to an earlier one is ignored. */
	private question = 0;

	constructor(ports: AnswerCheckPorts) {
		this.ports = ports;
	}

	/** Asks after the next interval, and again after each answer. */
	start(): void {
		this.stop();
		this.cancelTimer = this.ports.clock.after(CHECK_INTERVAL_MS, () => this.ask());
	}

	/** Asks at once. */
	ask(): void {
		this.stop();
		const { clock, ask, onSilence, onAnswer } = this.ports;
		const question = this.question;
		this.cancelTimer = clock.after(ANSWER_TIMEOUT_MS, onSilence);
		const finish = () => {
			if (question !== this.question) return;
			this.start();
			onAnswer();
		};
		// A refusal is an answer, too.
		ask().then(finish, finish);
	}

	stop(): void {
		this.question++;
		this.cancelTimer();
	}
}
