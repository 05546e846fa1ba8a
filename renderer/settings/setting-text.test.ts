import { describe, expect, it } from 'vitest';
import type { SettingView } from '../../src/operator/contract.ts';
import { textIn } from '../text/text.ts';
import { choiceLabel, faultInWords, hintOf, sectionTitle, valueInWords, wordsOf } from './setting-text.ts';

const [en, id] = [textIn('en'), textIn('id')];
const FACTS = { description: 'What the service says', allowed: '', source: 'default' } as const;
const PATIENCE: SettingView = {
	...FACTS,
	field: 'server.authTimeoutMs',
	kind: 'number',
	value: 10_000,
	fallback: 10_000,
	min: 10,
	max: 3_600_000,
};
const PORT: SettingView = { ...PATIENCE, field: 'server.port' };
const LIST: SettingView = { ...FACTS, field: 'server.allowedHosts', kind: 'list', value: [], fallback: [] };
const UNKNOWN: SettingView = { ...FACTS, field: 'future.toString', kind: 'text', value: '', fallback: '' };

describe('a setting in words', () => {
	it('has label and help in the language of the window', () => {
		expect([wordsOf(en, PATIENCE).label, wordsOf(id, PATIENCE).label]).toEqual([
			'Time to show a key',
			'Waktu menunjukkan kunci',
		]);
		expect(hintOf(en, PATIENCE)).toMatch(/authenticate\. From 10 to 3,600,000$/);
		expect(hintOf(id, PATIENCE)).toMatch(/Dari 10 sampai 3\.600\.000$/);
	});

	it('says what is allowed', () => {
		expect(faultInWords(en, PORT, '')).toBe('Enter a whole number from 10 to 3600000');
		expect(faultInWords(id, LIST, 'allowed: a list of host names')).toBe('Allowed: a list of host names');
		expect(faultInWords(en, undefined, 'no such setting')).toBe('No such setting');
	});

	it('that the window does not know says what the service says', () => {
		expect(wordsOf(id, UNKNOWN)).toEqual({ label: 'What the service says', help: undefined });
		expect(hintOf(id, UNKNOWN)).toBe('');
		expect(sectionTitle(en, 'future')).toBe('future');
		expect(sectionTitle(en, 'toString')).toBe('toString');
		expect(choiceLabel(en, 'log.level', 'trace')).toBe('trace');
	});

	it.each<[SettingView, SettingView['value'], string]>([
		[PATIENCE, 10_000, '10,000 ms'],
		[PORT, 8_080, '8080'],
		[LIST, [], 'empty'],
		[LIST, ['a', 'b'], 'a and b'],
		[UNKNOWN, '', 'empty'],
		[UNKNOWN, true, 'On'],
		[UNKNOWN, false, 'Off'],
	])('has a value in words', (setting, value, words) => {
		expect(valueInWords(en, setting, value)).toBe(words);
	});
});
