import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type LogRecord, parseLogLine } from './log-line.ts';
import { redact, redactText } from './redact.ts';

/** Number of lines of earlier runs that are kept. */
const MAX_LINES = 2_000;
/** The most that is read for them, bytes. */
const MAX_BYTES = 1024 ** 2;

/**
 * Reads the end of the log that earlier runs have written; to be called before this run writes its first line.
 *
 * @param paths the log files, newest first
 * @returns a function that parses it on its first call: most programs never show it. Text that is not a log line is kept as message
 */
export function readLogHistory(paths: readonly string[]): () => readonly LogRecord[] {
	let text = readEnd(paths);
	let records: readonly LogRecord[] | undefined;
	return () => {
		records ??= parseLines(text);
		text = '';
		return records;
	};
}

function readEnd(paths: readonly string[]): string {
	let text = '';
	for (const path of paths) {
		if (text.length >= MAX_BYTES) break;
		text = readFileEnd(path, MAX_BYTES - text.length) + text;
	}
	return text;
}

/** Returns the whole lines at the end of a file; none if it cannot be read, because the log itself reports that. */
function readFileEnd(path: string, maxBytes: number): string {
	let file: number | undefined;
	try {
		file = openSync(path, 'r');
		const { size } = fstatSync(file);
		const bytes = Buffer.alloc(Math.min(size, maxBytes));
		const text = bytes.toString('utf8', 0, readSync(file, bytes, 0, bytes.length, size - bytes.length));
		return size > maxBytes ? text.slice(text.indexOf('\n') + 1) : text;
	} catch {
		return '';
	} finally {
		if (file !== undefined) closeSync(file);
	}
}

function parseLines(text: string): readonly LogRecord[] {
	const lines = text.split(/\r?\n/).filter((line) => line !== '');
	const records: LogRecord[] = [];
	for (const line of lines.slice(-MAX_LINES)) {
		const { timestamp = new Date(0).toISOString() } = records.at(-1) ?? {};
		const record = parseLogLine(line) ?? { timestamp, level: 'info', name: '', message: line };
		if (record.level !== 'debug') records.push(clean(record));
	}
	return records;
}

/** Redacts again, because an earlier version or another program may have written the line, and removes the stacks of errors. */
function clean({ metadata, message, ...record }: LogRecord): LogRecord {
	const kept = { ...record, message: redactText(message) };
	return metadata === undefined
		? kept
		: { ...kept, metadata: { ...Object(redact(withoutStacks(metadata), 'message')) } };
}

function withoutStacks(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutStacks);
	if (typeof value !== 'object' || value === null) return value;
	if ('stack' in value && 'message' in value) return value.message;
	return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, withoutStacks(field)]));
}
