import { describe, expect, it } from 'vitest';
import type { SettingView } from '../../src/operator/contract.ts';
import { windowTextIn } from '../text/window-text.ts';
import { choiceLabel, fieldErrorText, formatSettingValue, hintOf, labelsOf } from './setting-text.ts';

const [en, id] = [windowTextIn('en'), windowTextIn('id')];
const FACTS = {
	group: 'connections',
	effect: 'service-start',
	isAdvanced: false,
	variable: '',
	description: 'Description by the service',
	allowed: '',
	source: 'default',
} as const;
const TIMEOUT: SettingView = {
	...FACTS,
	field: 'server.authTimeoutMs',
	kind: 'number',
	value: 10_000,
	fallback: 10_000,
	min: 10,
	max: 3_600_000,
};
const PORT: SettingView = { ...TIMEOUT, field: 'server.port' };
const LIST: SettingView = { ...FACTS, field: 'server.allowedHosts', kind: 'list', value: [], fallback: [] };
const UNKNOWN: SettingView = { ...FACTS, field: 'future.toString', kind: 'text', value: '', fallback: '' };

describe('the texts of a setting', () => {
	it('include label and help in the language of the window', () => {
		expect([labelsOf(en, TIMEOUT).label, labelsOf(id, TIMEOUT).label]).toEqual([
			'Authentication timeout',
			'Batas waktu autentikasi',
		]);
		expect(hintOf(en, TIMEOUT)).toMatch(/authenticate\. From 0\.01 to 3,600$/);
		expect(hintOf(id, TIMEOUT)).toMatch(/Dari 0,01 sampai 3\.600$/);
	});

	it('include what is allowed', () => {
		const range = 'Enter a whole number from 10 to 3600000';
		expect(fieldErrorText(en, PORT, 'not-a-number')).toBe(range);
		expect(fieldErrorText(en, PORT, { reason: 'allowed: a whole number' })).toBe(range);
		expect(fieldErrorText(id, LIST, { reason: 'allowed: a list of host names' })).toBe('Allowed: a list of host names');
		expect(fieldErrorText(en, undefined, { reason: 'no such setting' })).toBe('No such setting');
	});

	it('do not advise another number when the number is not what was refused', () => {
		expect(fieldErrorText(en, PORT, { reason: 'command line sets it' })).toBe('Command line sets it');
		expect(fieldErrorText(en, PORT, 'changed')).toContain('changed elsewhere');
	});

	it('are those of the service when the window has none', () => {
		expect(labelsOf(id, UNKNOWN)).toEqual({ label: 'Description by the service', help: undefined });
		expect(hintOf(id, UNKNOWN)).toBe('');
		expect(choiceLabel(en, 'log.level', 'trace')).toBe('trace');
	});

	it.each<[SettingView, SettingView['value'], string]>([
		[TIMEOUT, 10_000, '10 s'],
		[PORT, 8_080, '8080'],
		[LIST, [], 'empty'],
		[LIST, ['a', 'b'], 'a and b'],
		[UNKNOWN, '', 'empty'],
		[UNKNOWN, true, 'On'],
		[UNKNOWN, false, 'Off'],
	])('include the value %#', (setting, value, words) => {
		expect(formatSettingValue(en, setting, value)).toBe(words);
	});
});
