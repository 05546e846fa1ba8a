import { type ReadonlySignal, signal } from '@preact/signals';
import type { LogLineView } from '../../src/operator/contract.ts';

/** The part of the log that the window keeps. */
export interface LogWindow {
	/** Oldest first. */
	readonly lines: readonly LogLineView[];
	/** Number of older lines that were dropped. `dropped + index` identifies a line while the window is open. */
	readonly dropped: number;
}

/** Number of lines that the window keeps. */
const LOG_CAPACITY = 50_000;

/** The log of the service in this window. Bounded, and updated at most once per frame however fast lines arrive. */
export class LogStore {
	readonly window: ReadonlySignal<LogWindow>;
	private readonly state = signal<LogWindow>({ lines: [], dropped: 0 });
	private readonly capacity: number;
	private readonly onNextFrame: (action: () => void) => void;
	private pending: LogLineView[] = [];
	private droppedWhileHidden = 0;
	private last: LogLineView | undefined;

	/** @param onNextFrame `requestAnimationFrame`, which does not run while the window is hidden */
	constructor(onNextFrame: (action: () => void) => void, capacity = LOG_CAPACITY) {
		this.window = this.state;
		this.onNextFrame = onNextFrame;
		this.capacity = capacity;
	}

	/** Adds lines in the order of the service, except those that a new connection repeats. */
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
		if (known !== -1) return batch.slice(known + 1);
		// The service was restarted and counts from 1 again. Before its own lines it repeats those of the run before.
		return batch.filter(({ sequence, timestamp }) => sequence > 0 || timestamp > last.timestamp);
	}

	/** Bounds the pending lines, because no frame comes while the window is hidden. */
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
