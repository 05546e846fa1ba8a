import type { LogLineView } from '../../src/operator/contract.ts';

/** Control characters and Unicode line separators, which could split a line or control a terminal. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029]/gu;

/** Formats lines like the log file: UTC timestamp, level, name, message, and metadata as JSON. */
export function logText(lines: readonly LogLineView[]): string {
	return lines.map((line) => `${lineText(line)}\n`).join('');
}

/** Returns the name of an exported log file; `nowMs` is in ms since 1970. Only letters, digits and dashes. */
export function logFileName(nowMs: number): string {
	return `fingerprint-service-log-${new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '-')}.txt`;
}

function lineText({ timestamp, level, name, message, metadata }: LogLineView): string {
	const facts = metadata === undefined ? '' : ` ${JSON.stringify(metadata)}`;
	return `${timestamp} ${level.padEnd(5)} ${name}: ${message}${facts}`.replace(UNPRINTABLE, escapeCharacter);
}

function escapeCharacter(character: string): string {
	return character === '\n' ? '\\n' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
