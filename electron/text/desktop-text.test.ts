import { describe, expect, it } from 'vitest';
import { chooseLanguage, type DesktopText, textIn } from './desktop-text.ts';

describe('the language of the shell', () => {
	it.each([
		['en', 'id-ID', 'en'],
		['id', 'en-US', 'id'],
		['system', 'id', 'id'],
		['system', 'id-ID', 'id'],
		['system', 'in_ID', 'id'],
		['system', 'en-GB', 'en'],
		['system', 'is-IS', 'en'],
		['system', 'idx', 'en'],
		['system', '', 'en'],
		[undefined, 'id-ID', 'id'],
	])('is for setting %s and locale %s: %s', (setting, locale, language) => {
		expect(chooseLanguage(setting, locale)).toBe(language);
	});
});

describe('the texts of the shell', () => {
	it('differ between the languages, all but the name of the product', () => {
		const [english, indonesian] = [flatten(textIn('en')), flatten(textIn('id'))];
		expect([...indonesian.keys()]).toEqual([...english.keys()]);
		const same = [...english].filter(([name, text]) => indonesian.get(name) === text);
		expect(same).toEqual([['appName', 'Fingerprint Service']]);
	});

	it('count readers', () => {
		expect([0, 1, 2].map(textIn('en').readerCount)).toEqual(['0 readers', '1 reader', '2 readers']);
	});
});

function flatten(text: DesktopText): Map<string, string> {
	return new Map(
		Object.entries(text).flatMap(([name, value]) => {
			if (typeof value === 'string') return [[name, value]];
			if (typeof value === 'function') return [[name, value('x')]];
			return Object.entries(value).map(([key, inner]): [string, string] => [`${name}.${key}`, String(inner)]);
		}),
	);
}
