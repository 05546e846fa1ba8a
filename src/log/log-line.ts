import { LOG_LEVELS, type LogLevel, type LogMetadata } from './logger.ts';

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

/** Characters that could break the line or control a terminal: control characters, line separators, halves of a character. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029]/gu;
/** What `parseLogLine` would take for something else: a text that looks like an escape, the end of the name, the start of the metadata. */
const MISLEADING = /\\(?=n|u[0-9a-f]{4})|(?<= )\{/g;
const END_OF_NAME = /:(?= )/g;
const ESCAPE = /\\(?:n|u([0-9a-f]{4}))/g;

const LINE = new RegExp(
	`^(?<timestamp>\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z) (?<level>${LOG_LEVELS.map((level) => level.padEnd(5)).join('|')}) (?<name>.*?): (?<rest>.*)$`,
	'u',
);

/** Formats a record as one line: timestamp, level, component, message, and the metadata as JSON. */
export function formatLogLine({ timestamp, level, name, message, metadata }: LogRecord): string {
	const suffix = metadata === undefined ? '' : ` ${JSON.stringify(metadata)}`;
	const [clearName, clearMessage] = [name, message].map((text) => text.replace(MISLEADING, escapeCharacter));
	const start = `${timestamp} ${level.padEnd(5)} ${clearName?.replace(END_OF_NAME, escapeCharacter)}: ${clearMessage}`;
	return escapeUnprintable(`${start}${suffix}`);
}

/** Parses a line of `formatLogLine`; `undefined` for any other text. */
export function parseLogLine(line: string): LogRecord | undefined {
	const { timestamp, level, name, rest } = LINE.exec(line)?.groups ?? {};
	if (timestamp === undefined || level === undefined || name === undefined || rest === undefined) return undefined;
	const known = LOG_LEVELS.find((it) => it === level.trimEnd());
	if (known === undefined) return undefined;
	const common = { timestamp, level: known, name: unescapeText(name) };
	const end = rest.indexOf(' {');
	const metadata = end === -1 ? undefined : tryParseObject(rest.slice(end + 1));
	if (metadata === undefined) return { ...common, message: unescapeText(rest) };
	return { ...common, message: unescapeText(rest.slice(0, end)), metadata };
}

/** Replaces the characters that could break a line or control a terminal. */
export function escapeUnprintable(text: string): string {
	return text.replace(UNPRINTABLE, escapeCharacter);
}

function escapeCharacter(character: string): string {
	return character === '\n' ? '\\n' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function unescapeText(text: string): string {
	return text.replace(ESCAPE, (_, code?: string) =>
		code === undefined ? '\n' : String.fromCharCode(Number.parseInt(code, 16)),
	);
}

function tryParseObject(text: string): LogMetadata | undefined {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
