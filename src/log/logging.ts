import { type Clock, systemClock, timestamp } from '../time/clock.ts';
import { LogFile } from './log-file.ts';
import { readLogHistory } from './log-history.ts';
import { formatLogLine } from './log-line.ts';
import { LogRing } from './log-ring.ts';
import { type CreateLogger, LOG_LEVELS, type LogLevel, type LogMetadata } from './logger.ts';
import { type ErrorDetail, redact, redactText } from './redact.ts';
import { writeToStderr } from './stderr.ts';

/** Level from which administrators see entries, independently of the level of file and console. */
const RING_LEVEL: LogLevel = 'info';

export interface LoggingOptions {
	/** Minimum severity for file and console. */
	readonly level: LogLevel;
	/** Folder of the log files; without it no file is written. */
	readonly dir?: string | undefined;
	/** Also writes each entry as a line to stderr; default false. Stdout is reserved for the output of commands. */
	readonly console?: boolean | undefined;
	readonly clock?: Clock | undefined;
}

/** The destinations of all log entries. Keys, tokens, templates and images are redacted, and an error here never stops the service. */
export interface Logging {
	readonly createLogger: CreateLogger;
	readonly ring: LogRing;
	/** Changes the minimum severity for file and console. */
	setLevel(level: LogLevel): void;
	/** Resolves once everything logged so far is on disk. */
	flush(): Promise<void>;
	/** Flushes the log and drops later entries. Idempotent. */
	close(): Promise<void>;
}

export function createLogging(options: LoggingOptions): Logging {
	const { dir, clock = systemClock } = options;
	let threshold = options.level;
	const ring = new LogRing(dir === undefined ? {} : { history: readLogHistory(LogFile.pathsIn(dir)) });
	const file = dir === undefined ? undefined : new LogFile(dir, writeToStderr);
	const flush = async () => file?.flush();
	let isClosed = false;

	function record(level: LogLevel, name: string, message: string, metadata: LogMetadata | undefined): void {
		const common = { timestamp: timestamp(clock), level, name, message: redactText(String(message)) };
		const short = { ...common, ...redactMetadata(metadata, 'message') };
		if (isAtLeast(level, threshold)) {
			if (options.console) writeToStderr(formatLogLine(short));
			file?.write(formatLogLine({ ...common, ...redactMetadata(metadata, 'stack') }));
		}
		if (isAtLeast(level, RING_LEVEL)) ring.add(short);
	}

	const createLogger: CreateLogger = (name) => {
		const at = (level: LogLevel) => (message: string, metadata?: LogMetadata) => {
			if (isClosed || !(isAtLeast(level, threshold) || isAtLeast(level, RING_LEVEL))) return;
			try {
				record(level, name, message, metadata);
			} catch (error) {
				// A listener of the ring failed. The operator must see that, and the component that logged must not.
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

function isAtLeast(level: LogLevel, threshold: LogLevel): boolean {
	return LOG_LEVELS.indexOf(level) <= LOG_LEVELS.indexOf(threshold);
}

function redactMetadata(metadata: LogMetadata | undefined, errors: ErrorDetail): { metadata?: LogMetadata } {
	if (metadata === undefined) return {};
	const clean = redact(metadata, errors);
	// Metadata that is not an object of fields, such as an error passed directly, is still logged.
	return { metadata: typeof clean === 'object' && clean !== null ? { ...clean } : { value: clean } };
}
