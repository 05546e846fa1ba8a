import type { LogRecord } from './log-line.ts';

export type { LogRecord };

export interface LogRingOptions {
	readonly capacity?: number;
	readonly history?: () => readonly LogRecord[];
}

export interface LogEntry extends LogRecord {
	/** Counts the entries of this run of the program from 1. A gap means that entries were missed. Entries of earlier runs end with 0. */
	readonly sequence: number;
}

/** Keeps the latest entries of this run, and the last ones of earlier runs, for administrators who connect later. */
export class LogRing {
	private readonly capacity: number;
	private readonly slots: LogEntry[] = [];
	private readonly listeners = new Set<(entry: LogEntry) => void>();
	private readonly history: () => readonly LogRecord[];
	private added = 0;

	/**
	 * @param options.capacity maximum number of entries of this run; default 5 000, about 2 MB
	 * @param options.history returns the entries of earlier runs, oldest first
	 */
	constructor({ capacity = 5_000, history = () => [] }: LogRingOptions = {}) {
		this.capacity = capacity;
		this.history = history;
	}

	/** The number of entries of this run that newer ones have replaced. */
	get dropped(): number {
		return this.added - this.slots.length;
	}

	/** Returns the entries of earlier runs and the kept ones of this run, oldest first. */
	entries(): readonly LogEntry[] {
		const oldest = this.added % this.capacity;
		const own = this.dropped === 0 ? this.slots : [...this.slots.slice(oldest), ...this.slots.slice(0, oldest)];
		const earlier = this.history();
		// Without them if entries between them and the kept ones are gone.
		if (this.dropped > 0) return own;
		return [...earlier.map((record, i) => ({ ...record, sequence: i + 1 - earlier.length })), ...own];
	}

	/**
	 * Calls `listener` synchronously for each new entry. The listener must not log, because it would be called again.
	 *
	 * @returns a function that ends the subscription; idempotent
	 */
	subscribe(listener: (entry: LogEntry) => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	add(record: LogRecord): void {
		const entry = { ...record, sequence: this.added + 1 };
		this.slots[this.added % this.capacity] = entry;
		this.added += 1;
		for (const listener of this.listeners) listener(entry);
	}
}
