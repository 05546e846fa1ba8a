import type { Language } from '../../src/protocol/languages.ts';
import { type Catalogue, english } from './english.ts';
import { createFormats, type Formats } from './formats.ts';
import { indonesian } from './indonesian.ts';

/** The texts and formats of the window in one language. */
export interface WindowText extends Catalogue {
	readonly language: Language;
	readonly formats: Formats;
}

const TEXTS: Readonly<Record<Language, WindowText>> = {
	en: { ...english, language: 'en', formats: createFormats('en') },
	id: { ...indonesian, language: 'id', formats: createFormats('id') },
};

/** Returns the texts and formats of the window in a language. */
export function windowTextIn(language: Language): WindowText {
	return TEXTS[language];
}
