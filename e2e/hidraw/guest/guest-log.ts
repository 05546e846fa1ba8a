import { EventEmitter, once } from 'node:events';
import type { Logger, LogLevel, LogMetadata } from '../../../src/log/logger.ts';

interface GuestLogEntry {
	readonly level: LogLevel;
	readonly text: string;
}

/** Enough entries to explain a failed check; more would look like a leak in the durability check. */
const MAX_KEPT_ENTRIES = 40;

/** Keeps the latest log entries of the service, for checks to wait for and for the report of a failed check. */
export class GuestLog implements Logger {
	entries: GuestLogEntry[] = [];
	private readonly changes = new EventEmitter<{ change: [] }>();

	readonly error = (message: string, metadata?: LogMetadata) => this.add('error', message, metadata);
	readonly warn = (message: string, metadata?: LogMetadata) => this.add('warn', message, metadata);
	readonly info = (message: string, metadata?: LogMetadata) => this.add('info', message, metadata);
	/** Debug entries are dropped. */
	readonly debug = () => {};

	/** Resolves once an entry contains `part`; entries from before the last reset of `entries` do not count. */
	async waitFor(part: string): Promise<void> {
		while (!this.entries.some(({ text }) => text.includes(part))) await once(this.changes, 'change');
	}

	private add(level: LogLevel, message: string, metadata: LogMetadata = {}): void {
		const { error, ...facts } = metadata;
		this.entries.push({ level, text: `${message} ${JSON.stringify(facts)}${error ? ` ${String(error)}` : ''}` });
		if (this.entries.length > MAX_KEPT_ENTRIES) this.entries.shift();
		this.changes.emit('change');
	}
}
