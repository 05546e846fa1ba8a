import { describe, expect, it } from 'vitest';
import { chooseLanguage, textIn } from './text.ts';

describe('the language of the window', () => {
	it.each<[unknown, string[], string]>([
		['id', ['en-GB'], 'id'],
		['en', ['id-ID'], 'en'],
		['system', ['id-ID', 'en'], 'id'],
		['system', ['ID'], 'id'],
		['system', ['ms-MY', 'fr', 'en-US', 'id'], 'en'],
		['system', ['fr'], 'en'],
		['system', [], 'en'],
		[undefined, ['id'], 'id'],
		['klingon', ['id'], 'id'],
	])('set to %j, where the browser prefers %j, is %s', (chosen, preferred, language) => {
		expect(chooseLanguage(chosen, preferred)).toBe(language);
	});

	it('brings its texts and its formats', () => {
		const text = textIn('id');
		expect([text.language, text.shell.start, text.formats.number(1_000)]).toEqual(['id', 'Mulai', '1.000']);
	});
});
