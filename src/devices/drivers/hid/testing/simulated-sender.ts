import type { Clock } from '../../../../time/clock.ts';
import type { SendStep } from './ef01-faults.ts';

/** Bits on the line per byte: start bit, 8 data bits, stop bit. */
const BITS_PER_BYTE = 10;

/** Sends the bytes of a simulated module with the right timing. */
export class SimulatedSender {
	private readonly clock: Clock;
	private readonly send: (bytes: Uint8Array) => void;
	private readonly timers = new Set<() => void>();

	constructor(clock: Clock, send: (bytes: Uint8Array) => void) {
		this.clock = clock;
		this.send = send;
	}

	/** Performs the steps in order. @param baud of the line; undefined when sending takes no time */
	run(steps: readonly SendStep[], baud?: number): void {
		this.runNext(steps.values(), baud);
	}

	/** Cancels all steps that have not been performed. */
	stop(): void {
		for (const cancel of this.timers) cancel();
		this.timers.clear();
	}

	private runNext(steps: Iterator<SendStep>, baud: number | undefined): void {
		for (let next = steps.next(); !next.done; next = steps.next()) {
			const step = next.value;
			const delayMs = durationOf(step, baud);
			if (delayMs > 0) {
				this.after(delayMs, () => {
					this.perform(step);
					this.runNext(steps, baud);
				});
				return;
			}
			this.perform(step);
		}
	}

	private perform(step: SendStep): void {
		if ('send' in step) this.send(step.send);
		if (!('repeat' in step)) return;
		this.send(step.repeat);
		this.after(step.everyMs, () => this.perform(step));
	}

	private after(delayMs: number, action: () => void): void {
		const cancel = this.clock.after(delayMs, () => {
			this.timers.delete(cancel);
			action();
		});
		this.timers.add(cancel);
	}
}

function durationOf(step: SendStep, baud: number | undefined): number {
	if ('waitMs' in step) return step.waitMs;
	return 'send' in step && baud !== undefined ? (step.send.length * BITS_PER_BYTE * 1_000) / baud : 0;
}
