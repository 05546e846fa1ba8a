import { ServiceError } from '../../../../protocol/errors.ts';
import type { Clock } from '../../../../time/clock.ts';

export interface TimedWaitOptions<T> {
	readonly clock: Clock;
	/** Maximum duration, however many bytes arrive, ms; afterwards the wait fails with DEVICE_TIMEOUT. */
	readonly timeoutMs: number;
	/** Duration without bytes after which `onSilence` is called, ms. */
	readonly silenceMs: number;
	/** Returns the result after the silence; the wait fails if it throws. */
	onSilence(): T;
	/** Returns the result once it is complete, otherwise undefined; the wait fails if it throws. */
	onBytes(bytes: Uint8Array): T | undefined;
}

/** Waits for a result that arrives in pieces. It always ends, and leaves no timer running. */
export class TimedWait<T> {
	/** Settles when the wait ends. */
	readonly result: Promise<T>;
	private readonly options: TimedWaitOptions<T>;
	private settled = false;
	private resolve: (result: T) => void = () => {};
	private reject: (reason: unknown) => void = () => {};
	private readonly cancelTimeout: () => void;
	private cancelSilence: () => void;

	constructor(options: TimedWaitOptions<T>) {
		this.options = options;
		this.result = new Promise((resolve, reject) => {
			this.resolve = resolve;
			this.reject = reject;
		});
		this.cancelTimeout = options.clock.after(options.timeoutMs, () => this.fail(new ServiceError('DEVICE_TIMEOUT')));
		this.cancelSilence = this.startSilenceTimer();
	}

	get isOver(): boolean {
		return this.settled;
	}

	/** Processes received bytes; does nothing once the wait is over. */
	receive(bytes: Uint8Array): void {
		if (this.settled) return;
		this.cancelSilence();
		this.cancelSilence = this.startSilenceTimer();
		this.settleWith(() => this.options.onBytes(bytes));
	}

	/** Ends the wait with a failure; does nothing once it is over. */
	fail(reason: unknown): void {
		if (this.settled) return;
		this.finish();
		this.reject(reason);
	}

	private startSilenceTimer(): () => void {
		return this.options.clock.after(this.options.silenceMs, () => this.settleWith(() => this.options.onSilence()));
	}

	private settleWith(action: () => T | undefined): void {
		try {
			const result = action();
			if (result === undefined) return;
			this.finish();
			this.resolve(result);
		} catch (error) {
			this.fail(error);
		}
	}

	private finish(): void {
		this.settled = true;
		this.cancelTimeout();
		this.cancelSilence();
	}
}
