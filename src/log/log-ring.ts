import type { LogLevel, LogMetadata } from './logger.ts';

/** One log record, already redacted: it may be shown to administrators. */
export interface LogRecord {
	/** ISO 8601, UTC. */
	readonly timestamp: string;
	readonly level: LogLevel;
	/** Name of the component that logged the entry, such as `DeviceRegistry`. */
	readonly name: string;
	readonly message: string;
	/** JSON values; an error is represented by its message. */
	readonly metadata?: LogMetadata;
}

export interface LogEntry extends LogRecord {
	/** Counts the entries of this run of the program from 1. A gap means that entries were missed. */
	readonly sequence: number;
}

/** Keeps the latest entries of this run for administrators who connect later. */
export class LogRing {
	private readonly capacity: number;
	private readonly slots: LogEntry[] = [];
	private readonly listeners = new Set<(entry: LogEntry) => void>();
	private added = 0;

	/** @param capacity maximum number of entries; default 5 000, about 2 MB */
	constructor(capacity = 5_000) {
		this.capacity = capacity;
	}

	/** The number of entries that newer ones have replaced. */
	get dropped(): number {
		return this.added - this.slots.length;
	}

	/** Returns the kept entries, oldest first. */
	entries(): readonly LogEntry[] {
		const oldest = this.added % this.capacity;
		return this.dropped === 0 ? [...this.slots] : [...this.slots.slice(oldest), ...this.slots.slice(0, oldest)];
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
