import type { LogLineView } from '../../src/operator/contract.ts';
import { LOG_LEVELS, type LogLevel } from '../../src/protocol/log-levels.ts';

/** What an operator wants to see of the log. */
export interface LogFilter {
	/** The least grave level that is shown. */
	readonly level: LogLevel;
	/** Plain text that a line must contain, whatever its case; empty = any. */
	readonly text: string;
}

/** Every line that there is. */
export const NO_FILTER: LogFilter = { level: 'debug', text: '' };

/** A part of a text; `isHit` where the search found it. */
export interface TextPart {
	readonly text: string;
	readonly isHit: boolean;
}

/** Every character that means something in a regular expression. */
const SYNTAX = /[\\^$.*+?()[\]{}|/-]/g;

/** The searched text of lines that were searched before: making JSON of metadata is what takes the time. */
const searchedTexts = new WeakMap<LogLineView, string>();

/** The filter as a question to one line. The search looks at the name, the message and the metadata. */
export function lineMatcher({ level, text }: LogFilter): (line: LogLineView) => boolean {
	const grave = new Set<LogLevel>(LOG_LEVELS.slice(0, LOG_LEVELS.indexOf(level) + 1));
	if (text === '') return (line) => grave.has(line.level);
	const pattern = hitPattern(text, 'iu');
	return (line) => grave.has(line.level) && pattern.test(searchedText(line));
}

/** The text in order, cut where hits begin and end; one part without any hit if nothing was searched or found. */
export function splitAtHits(text: string, searched: string): readonly TextPart[] {
	const parts: TextPart[] = [];
	let end = 0;
	for (const { index, 0: hit } of searched === '' ? [] : text.matchAll(hitPattern(searched, 'giu'))) {
		if (index > end) parts.push({ text: text.slice(end, index), isHit: false });
		parts.push({ text: hit, isHit: true });
		end = index + hit.length;
	}
	return end < text.length || parts.length === 0 ? [...parts, { text: text.slice(end), isHit: false }] : parts;
}

/** A regular expression, as lower case can be longer than what it was made of, and then no place fits any more. */
function hitPattern(text: string, flags: string): RegExp {
	return new RegExp(
		text.replace(SYNTAX, (character) => `\\x${character.charCodeAt(0).toString(16)}`),
		flags,
	);
}

function searchedText(line: LogLineView): string {
	const known = searchedTexts.get(line);
	if (known !== undefined) return known;
	const { name, message, metadata } = line;
	const text = metadata === undefined ? `${name} ${message}` : `${name} ${message} ${JSON.stringify(metadata)}`;
	searchedTexts.set(line, text);
	return text;
}
