import { type ReadonlySignal, signal } from '@preact/signals';
import type { LogLineView } from '../../src/operator/contract.ts';

/** What the window has of the log. */
export interface LogWindow {
	/** Oldest first. */
	readonly lines: readonly LogLineView[];
	/** How many older lines had to go: `dropped + index` names a line for as long as the window is open. */
	readonly dropped: number;
}

/** How many lines the window keeps. */
const LOG_CAPACITY = 50_000;

/** The log of the service in this window: bounded, and told at most once a frame, however fast lines come. */
export class LogStore {
	readonly window: ReadonlySignal<LogWindow>;
	private readonly state = signal<LogWindow>({ lines: [], dropped: 0 });
	private readonly capacity: number;
	private readonly onNextFrame: (action: () => void) => void;
	private pending: LogLineView[] = [];
	private droppedWhileHidden = 0;
	private last: LogLineView | undefined;

	/** @param onNextFrame `requestAnimationFrame`, which rests while nobody sees the window */
	constructor(onNextFrame: (action: () => void) => void, capacity = LOG_CAPACITY) {
		this.window = this.state;
		this.onNextFrame = onNextFrame;
		this.capacity = capacity;
	}

	/** Take lines in the order of the service; those that a new connection repeats are left out. */
	add(batch: readonly LogLineView[]): void {
		const fresh = this.withoutRepeats(batch);
		if (fresh.length === 0) return;
		if (this.pending.length === 0) this.onNextFrame(() => this.flush());
		for (const line of fresh) this.pending.push(line);
		this.last = this.pending.at(-1);
		this.limitPending();
	}

	private withoutRepeats(batch: readonly LogLineView[]): readonly LogLineView[] {
		const { last } = this;
		if (last === undefined || (batch[0]?.sequence ?? 0) > last.sequence) return batch;
		const known = batch.findIndex((line) => line.sequence === last.sequence && line.timestamp === last.timestamp);
		// Not there: the service was started anew and counts from 1 again.
		return batch.slice(known + 1);
	}

	/** No frame comes while the window is hidden: what waits must not grow without end. */
	private limitPending(): void {
		const excess = this.pending.length - 2 * this.capacity;
		if (excess < 0) return;
		this.droppedWhileHidden += this.capacity + excess;
		this.pending = this.pending.slice(-this.capacity);
	}

	private flush(): void {
		const { lines, dropped } = this.state.value;
		const all = [...lines, ...this.pending];
		const excess = Math.max(0, all.length - this.capacity);
		this.state.value = { lines: all.slice(excess), dropped: dropped + excess + this.droppedWhileHidden };
		this.pending = [];
		this.droppedWhileHidden = 0;
	}
}
