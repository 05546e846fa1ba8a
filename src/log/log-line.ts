import type { LogReport } from './log-ring.ts';

/** What could break a line in two or steer a terminal: control characters and the line ends of Unicode. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029]/gu;

/** One report as one line: moment, level, who, what, and the metadata as JSON. */
export function formatLogLine({ timestamp, level, name, message, metadata }: LogReport): string {
	const facts = metadata === undefined ? '' : ` ${JSON.stringify(metadata)}`;
	return `${timestamp} ${level.padEnd(5)} ${name}: ${message}${facts}`.replace(UNPRINTABLE, escapeCharacter);
}

function escapeCharacter(character: string): string {
	return character === '\n' ? '\\n' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
