import { describe, expect, it } from 'vitest';
import { ERRORS } from '../../src/protocol/errors.ts';
import { LANGUAGES } from '../../src/protocol/languages.ts';
import { QUALITY_HINTS } from '../../src/protocol/quality-hints.ts';
import { english } from './english.ts';
import { indonesian } from './indonesian.ts';
import { windowTextIn } from './window-text.ts';

type Phrase = string | ((...values: never[]) => string);

/** Returns every phrase of a catalogue by its path, such as `origins.allowOf`. */
function phrasesOf(catalogue: object, path = ''): Map<string, Phrase> {
	const phrases = Object.entries(catalogue).flatMap(([name, value]): [string, Phrase][] => {
		const inner = path === '' ? name : `${path}.${name}`;
		return typeof value === 'object' ? [...phrasesOf(value, inner)] : [[inner, value]];
	});
	return new Map(phrases);
}

/** Arguments that occur in no text themselves. */
const ARGUMENTS = [91, 82, 73, 64] as const;

/** Returns the arguments that appear in the phrase. */
function argumentsIn(phrase: Phrase): number[] {
	if (typeof phrase === 'string') return [];
	const text = String(Reflect.apply(phrase, undefined, ARGUMENTS));
	return ARGUMENTS.slice(0, phrase.length).filter((argument) => text.includes(String(argument)));
}

const ENGLISH = phrasesOf(english);
const CATALOGUES = LANGUAGES.map(({ code, name }): [string, Map<string, Phrase>] => {
	const { language: _language, formats: _formats, ...catalogue } = windowTextIn(code);
	return [name, phrasesOf(catalogue)];
});

describe('the catalogue', () => {
	it.each(CATALOGUES)('has the same phrases in %s as in English', (_, phrases) => {
		expect([...phrases.keys()].sort()).toEqual([...ENGLISH.keys()].sort());
	});

	it.each(CATALOGUES)('has no empty or untrimmed phrase in %s', (_, phrases) => {
		const texts = [...phrases].filter(([, phrase]) => typeof phrase === 'string');
		expect(texts.filter(([, text]) => text === '' || String(text).trim() !== text)).toEqual([]);
	});

	it.each(CATALOGUES)('uses every parameter in %s', (_, phrases) => {
		for (const [path, phrase] of ENGLISH) {
			const other = phrases.get(path) ?? '';
			expect([path, typeof other]).toEqual([path, typeof phrase]);
			if (typeof phrase === 'string') continue;
			expect([path, argumentsIn(other)]).toEqual([path, ARGUMENTS.slice(0, phrase.length)]);
		}
	});

	it('has a text for every error and every hint', () => {
		expect(Object.keys(english.errors).sort()).toEqual(Object.keys(ERRORS).sort());
		expect(Object.keys(english.hints).sort()).toEqual([...QUALITY_HINTS].sort());
	});

	it('distinguishes singular and plural in English', () => {
		expect([1, 2].map(english.origins.attempts)).toEqual(['tried once', 'tried 2 times']);
		expect([1, 2].map(indonesian.origins.attempts)).toEqual(['mencoba 1 kali', 'mencoba 2 kali']);
	});
});
