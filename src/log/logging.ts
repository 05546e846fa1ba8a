import { type Clock, systemClock, timestamp } from '../time/clock.ts';
import { LogFile } from './log-file.ts';
import { formatLogLine } from './log-line.ts';
import { LogRing } from './log-ring.ts';
import { type CreateLogger, LOG_LEVELS, type LogLevel, type LogMetadata } from './logger.ts';
import { type ErrorDetail, redact, redactText } from './redact.ts';
import { writeToStderr } from './stderr.ts';

/** Administrators see everything from this level on, whatever goes to file and console. */
const RING_LEVEL: LogLevel = 'info';

export interface LoggingOptions {
	/** The least grave level that goes to file and console. */
	readonly level: LogLevel;
	/** Folder for the log files; without it there are none. */
	readonly dir?: string | undefined;
	/** Write to stderr too, a line an entry; default false. Never to stdout, which belongs to the output of commands. */
	readonly console?: boolean | undefined;
	readonly clock?: Clock | undefined;
}

/** Where everything that is logged goes. No key, token, template or image passes, and no fault of it harms the service. */
export interface Logging {
	readonly createLogger: CreateLogger;
	readonly ring: LogRing;
	/** Change the least grave level that goes to file and console. */
	setLevel(level: LogLevel): void;
	/** Resolves once everything logged so far is on disk. */
	flush(): Promise<void>;
	/** Flush; what is logged later is dropped. Idempotent. */
	close(): Promise<void>;
}

export function createLogging(options: LoggingOptions): Logging {
	const { dir, clock = systemClock } = options;
	let threshold = options.level;
	const ring = new LogRing();
	const file = dir === undefined ? undefined : new LogFile(dir, writeToStderr);
	const flush = async () => file?.flush();
	let isClosed = false;

	function record(level: LogLevel, name: string, message: string, metadata: LogMetadata | undefined): void {
		const report = { timestamp: timestamp(clock), level, name, message: redactText(String(message)) };
		const short = { ...report, ...redactMetadata(metadata, 'message') };
		if (passes(level, threshold)) {
			if (options.console) writeToStderr(formatLogLine(short));
			file?.write(formatLogLine({ ...report, ...redactMetadata(metadata, 'stack') }));
		}
		if (passes(level, RING_LEVEL)) ring.add(short);
	}

	const createLogger: CreateLogger = (name) => {
		const at = (level: LogLevel) => (message: string, metadata?: LogMetadata) => {
			if (isClosed || !(passes(level, threshold) || passes(level, RING_LEVEL))) return;
			try {
				record(level, name, message, metadata);
			} catch (error) {
				// A listener of the ring failed: that must reach a person, and must not reach the one who only logged.
				writeToStderr(`The log failed: ${redactText(String(error))}`);
			}
		};
		return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
	};

	return {
		createLogger,
		ring,
		setLevel: (level) => {
			threshold = level;
		},
		flush,
		close: () => {
			isClosed = true;
			return flush();
		},
	};
}

function passes(level: LogLevel, threshold: LogLevel): boolean {
	return LOG_LEVELS.indexOf(level) <= LOG_LEVELS.indexOf(threshold);
}

function redactMetadata(metadata: LogMetadata | undefined, errors: ErrorDetail): { metadata?: LogMetadata } {
	if (metadata === undefined) return {};
	const clean = redact(metadata, errors);
	// What is no set of facts, such as an error passed by itself, still is worth reading.
	return { metadata: typeof clean === 'object' && clean !== null ? { ...clean } : { value: clean } };
}
