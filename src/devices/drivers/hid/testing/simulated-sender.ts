import type { Clock } from '../../../../time/clock.ts';
import type { Step } from './ef01-disturbances.ts';

/** Bits on the line for a byte: start, 8, stop. */
const BITS_PER_BYTE = 10;

/** Sends for a simulated module, for tests, each thing at its time. */
export class SimulatedSender {
	private readonly clock: Clock;
	private readonly send: (bytes: Uint8Array) => void;
	private readonly timers = new Set<() => void>();

	constructor(clock: Clock, send: (bytes: Uint8Array) => void) {
		this.clock = clock;
		this.send = send;
	}

	/** Take the steps in order: at once what needs no time. @param baud speed of the line; undefined: bytes need no time */
	play(steps: readonly Step[], baud?: number): void {
		this.goOn(steps.values(), baud);
	}

	/** Whatever is not sent yet never is. */
	stop(): void {
		for (const cancel of this.timers) cancel();
		this.timers.clear();
	}

	private goOn(steps: Iterator<Step>, baud: number | undefined): void {
		for (let next = steps.next(); !next.done; next = steps.next()) {
			const step = next.value;
			const delayMs = timeFor(step, baud);
			if (delayMs > 0) {
				this.after(delayMs, () => {
					this.take(step);
					this.goOn(steps, baud);
				});
				return;
			}
			this.take(step);
		}
	}

	private take(step: Step): void {
		if ('send' in step) this.send(step.send);
		if (!('repeat' in step)) return;
		this.send(step.repeat);
		this.after(step.everyMs, () => this.take(step));
	}

	private after(delayMs: number, action: () => void): void {
		const cancel = this.clock.after(delayMs, () => {
			this.timers.delete(cancel);
			action();
		});
		this.timers.add(cancel);
	}
}

function timeFor(step: Step, baud: number | undefined): number {
	if ('waitMs' in step) return step.waitMs;
	return 'send' in step && baud !== undefined ? (step.send.length * BITS_PER_BYTE * 1_000) / baud : 0;
}
