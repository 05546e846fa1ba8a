import type { LogRecord } from './log-ring.ts';

/** Characters that could break the line or control a terminal: control characters and the line separators of Unicode. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029]/gu;

/** Formats a record as one line: timestamp, level, component, message, and the metadata as JSON. */
export function formatLogLine({ timestamp, level, name, message, metadata }: LogRecord): string {
	const suffix = metadata === undefined ? '' : ` ${JSON.stringify(metadata)}`;
	return escapeUnprintable(`${timestamp} ${level.padEnd(5)} ${name}: ${message}${suffix}`);
}

/** Replaces the characters that could break a line or control a terminal. */
export function escapeUnprintable(text: string): string {
	return text.replace(UNPRINTABLE, escapeCharacter);
}

function escapeCharacter(character: string): string {
	return character === '\n' ? '\\n' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
