import type { LogLevel, LogMetadata } from './logger.ts';

/** One report, redacted: it may be shown to an administrator as it is. */
export interface LogReport {
	/** ISO 8601, UTC. */
	readonly timestamp: string;
	readonly level: LogLevel;
	/** The part that spoke, such as `DeviceRegistry`. */
	readonly name: string;
	readonly message: string;
	/** Fit for JSON; errors are their messages. */
	readonly metadata?: LogMetadata;
}

export interface LogEntry extends LogReport {
	/** Counts the entries of this run of the service from 1; whoever sees a gap has missed some. */
	readonly sequence: number;
}

/** The latest entries of this run, for an administrator who connects after they were made. */
export class LogRing {
	private readonly capacity: number;
	private readonly slots: LogEntry[] = [];
	private readonly listeners = new Set<(entry: LogEntry) => void>();
	private added = 0;

	/** @param capacity how many entries are kept; default 5 000, about 2 MB */
	constructor(capacity = 5_000) {
		this.capacity = capacity;
	}

	/** How many entries had to make room for later ones. */
	get dropped(): number {
		return this.added - this.slots.length;
	}

	/** What is kept, oldest first. */
	entries(): readonly LogEntry[] {
		const oldest = this.added % this.capacity;
		return this.dropped === 0 ? [...this.slots] : [...this.slots.slice(oldest), ...this.slots.slice(0, oldest)];
	}

	/**
	 * Hear every entry from now on, at once and in order. A listener must not log, since it would hear itself.
	 *
	 * @returns ends the subscription; idempotent
	 */
	subscribe(listener: (entry: LogEntry) => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	add(report: LogReport): void {
		const entry = { ...report, sequence: this.added + 1 };
		this.slots[this.added % this.capacity] = entry;
		this.added += 1;
		for (const listener of this.listeners) listener(entry);
	}
}
