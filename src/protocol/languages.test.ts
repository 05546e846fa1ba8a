import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chooseLanguage, LANGUAGES } from './languages.ts';

const readProjectFile = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('chooseLanguage', () => {
	it.each<[unknown, string[], string]>([
		['id', ['en-GB'], 'id'],
		['en', ['id-ID'], 'en'],
		['system', ['id-ID', 'en'], 'id'],
		['system', ['ID'], 'id'],
		['system', ['id_ID'], 'id'],
		['system', ['in-ID'], 'id'],
		['system', ['idx'], 'en'],
		['system', ['constructor'], 'en'],
		['system', ['ms-MY', 'fr', 'en-US', 'id'], 'en'],
		['system', ['is-IS'], 'en'],
		['system', ['fr'], 'en'],
		['system', [''], 'en'],
		['system', [], 'en'],
		[undefined, ['id'], 'id'],
		['klingon', ['id'], 'id'],
	])('with the setting %j and the preferences %j returns %s', (chosen, preferred, language) => {
		expect(chooseLanguage(chosen, preferred)).toBe(language);
	});
});

describe('the Windows installer', () => {
	it('is built for the same languages', () => {
		const [, list = ''] = /installerLanguages: \[(.*)\]/.exec(readProjectFile('build/electron-builder.yml')) ?? [];
		const codes = list.split(',').map((locale) => locale.trim().split('_')[0]);
		expect(codes).toEqual(LANGUAGES.map(({ code }) => code));
	});

	it('contains each text in every language', () => {
		const texts = [...readProjectFile('build/installer/installer.nsh').matchAll(/LangString (\w+) \$\{LANG_(\w+)\}/g)];
		const names = new Intl.DisplayNames('en', { type: 'language' });
		const expected = LANGUAGES.map(({ code }) => names.of(code)?.toUpperCase());
		const translated = Map.groupBy(texts, ([, text]) => text);
		expect(translated.size).toBeGreaterThan(0);
		for (const found of translated.values()) expect(found.map(([, , language]) => language)).toEqual(expected);
	});
});
