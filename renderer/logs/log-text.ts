import type { LogLineView } from '../../src/operator/contract.ts';

/** What could break a line in two or steer a terminal: control characters and the line ends of Unicode. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029]/gu;

/** Lines as text, one each, in the form of the log file: moment in UTC, level, who, what, and the metadata as JSON. */
export function logText(lines: readonly LogLineView[]): string {
	return lines.map((line) => `${lineText(line)}\n`).join('');
}

/** Name of a file that is made of the log at this moment, ms since 1970: letters, digits and dashes alone. */
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
