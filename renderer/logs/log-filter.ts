import type { LogLineView } from '../../src/operator/contract.ts';
import { LOG_LEVELS, type LogLevel } from '../../src/protocol/log-levels.ts';

/** The filter of the log view. */
export interface LogFilter {
	/** The lowest severity that is shown. */
	readonly level: LogLevel;
	/** Text that a line must contain, ignoring case; empty matches every line. */
	readonly text: string;
}

/** Matches every line. */
export const NO_FILTER: LogFilter = { level: 'debug', text: '' };

/** A part of a text; `isHit` marks a search hit. */
export interface TextPart {
	readonly text: string;
	readonly isHit: boolean;
}

/** The characters with a meaning in a regular expression. */
const SYNTAX = /[\\^$.*+?()[\]{}|/-]/g;

/** Caches the searched text of each line, because serialising metadata to JSON is slow. */
const searchedTexts = new WeakMap<LogLineView, string>();

/** Returns a predicate for lines. The text is searched in name, message and metadata. */
export function lineMatcher({ level, text }: LogFilter): (line: LogLineView) => boolean {
	const levels = new Set<LogLevel>(LOG_LEVELS.slice(0, LOG_LEVELS.indexOf(level) + 1));
	if (text === '') return (line) => levels.has(line.level);
	const pattern = hitPattern(text, 'iu');
	return (line) => levels.has(line.level) && pattern.test(searchedText(line));
}

/** Splits a text at the start and end of each hit; returns one part if nothing was searched or found. */
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

/** Uses a regular expression, because lower-casing can change the length of a text and so shift the positions. */
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
