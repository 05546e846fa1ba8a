import { EventEmitter, once } from 'node:events';
import type { Logger, LogLevel, LogMetadata } from '../../../src/log/logger.ts';

interface Entry {
	readonly level: LogLevel;
	readonly text: string;
}

/** So many entries say enough of why a check has failed; more would pass for a leak. */
const KEPT = 40;

/** Keeps what the service logged last, for checks to wait for and for whoever wants to know why one failed. */
export class GuestLog implements Logger {
	entries: Entry[] = [];
	private readonly changes = new EventEmitter<{ change: [] }>();

	readonly error = (message: string, metadata?: LogMetadata) => this.add('error', message, metadata);
	readonly warn = (message: string, metadata?: LogMetadata) => this.add('warn', message, metadata);
	readonly info = (message: string, metadata?: LogMetadata) => this.add('info', message, metadata);
	/** Not kept. */
	readonly debug = () => {};

	/** Resolves once something with `part` in it has been logged since `entries` was emptied. */
	async waitFor(part: string): Promise<void> {
		while (!this.entries.some(({ text }) => text.includes(part))) await once(this.changes, 'change');
	}

	private add(level: LogLevel, message: string, metadata: LogMetadata = {}): void {
		const { error, ...facts } = metadata;
		this.entries.push({ level, text: `${message} ${JSON.stringify(facts)}${error ? ` ${String(error)}` : ''}` });
		if (this.entries.length > KEPT) this.entries.shift();
		this.changes.emit('change');
	}
}
