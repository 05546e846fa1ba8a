import { type Catalogue, english } from './english.ts';
import { createFormats, type Formats, LANGUAGES, type Language } from './formats.ts';
import { indonesian } from './indonesian.ts';

/** What the window says in one language, and how it writes numbers and moments. */
export interface Text extends Catalogue {
	readonly language: Language;
	readonly formats: Formats;
}

const TEXTS: Readonly<Record<Language, Text>> = {
	en: { ...english, language: 'en', formats: createFormats('en') },
	id: { ...indonesian, language: 'id', formats: createFormats('id') },
};

/**
 * @param chosen the setting `window.language`; `system` or nothing = the first of `preferred` that the window speaks
 * @param preferred language tags, best first, such as `navigator.languages`
 */
export function chooseLanguage(chosen: unknown, preferred: readonly string[]): Language {
	const isSpoken = (tag: unknown) => LANGUAGES.find((language) => language === tag);
	const spoken = preferred.map((tag) => isSpoken(tag.toLowerCase().split('-')[0]));
	return isSpoken(chosen) ?? spoken.find((language) => language !== undefined) ?? 'en';
}

/** What the window says in a language. */
export function textIn(language: Language): Text {
	return TEXTS[language];
}
