import { describe, expect, it } from 'vitest';
import type { SettingView } from '../src/operator/contract.ts';
import { RESET, SettingsDraft } from './settings-draft.ts';

const FACTS = {
	group: 'connections',
	effect: 'service-start',
	variable: '',
	description: '',
	allowed: '',
	source: 'default',
} as const;
const PORT: SettingView = {
	...FACTS,
	field: 'server.port',
	kind: 'number',
	value: 8_080,
	fallback: 8_080,
	min: 0,
	max: 65_535,
};
const HOST: SettingView = { ...FACTS, field: 'server.host', kind: 'text', value: 'localhost', fallback: 'localhost' };
const VIRTUAL: SettingView = { ...FACTS, field: 'virtual.enabled', kind: 'flag', value: true, fallback: true };
const ORIGINS: SettingView = { ...FACTS, field: 'server.allowedOrigins', kind: 'list', value: [], fallback: [] };
const LEVEL: SettingView = {
	...FACTS,
	field: 'log.level',
	kind: 'choice',
	value: 'info',
	fallback: 'info',
	choices: ['warn', 'info'],
};
const ALL = [PORT, HOST, VIRTUAL, ORIGINS, LEVEL];

describe('the draft of the settings', () => {
	it('converts entries to values of the right kinds', () => {
		const draft = new SettingsDraft();
		draft.edit(PORT, ' 8081 ');
		draft.edit(HOST, ' 192.0.2.7 ');
		draft.edit(VIRTUAL, false);
		draft.edit(ORIGINS, 'https://a.example\n\n https://b.example, https://c.example');
		draft.edit(LEVEL, 'warn');
		expect(draft.outcome(ALL)).toEqual({
			invalidNumbers: [],
			values: {
				'server.port': 8_081,
				'server.host': '192.0.2.7',
				'virtual.enabled': false,
				'server.allowedOrigins': ['https://a.example', 'https://b.example', 'https://c.example'],
				'log.level': 'warn',
			},
		});
	});

	it('drops a change that restores the saved value', () => {
		const draft = new SettingsDraft();
		draft.edit(PORT, '80801');
		draft.edit(PORT, '8080');
		draft.edit(ORIGINS, ' \n');
		expect(draft.entries.value.size).toBe(0);
	});

	it.each(['', ' ', 'eight', '80 80', '8080x'])('reports that %j is not a number', (entry) => {
		const draft = new SettingsDraft();
		draft.edit(PORT, entry);
		draft.edit(VIRTUAL, false);
		expect(draft.outcome(ALL)).toEqual({ values: { 'virtual.enabled': false }, invalidNumbers: ['server.port'] });
	});

	it('resets only values from the file', () => {
		const draft = new SettingsDraft();
		draft.edit({ ...PORT, value: 9_000, source: 'file' }, RESET);
		draft.edit(VIRTUAL, RESET);
		expect(draft.outcome(ALL)).toEqual({ values: { 'server.port': null }, invalidNumbers: [] });
	});

	it('removes the error of a field when the field is edited', () => {
		const draft = new SettingsDraft();
		draft.showErrors(
			new Map([
				['server.port', 'wrong'],
				['server.host', 'wrong'],
			]),
		);
		draft.edit(PORT, '1');
		expect([...draft.fieldErrors.value.keys()]).toEqual(['server.host']);
		draft.discard();
		expect([draft.fieldErrors.value.size, draft.entries.value.size]).toEqual([0, 0]);
	});

	it('omits a setting that no longer exists', () => {
		const draft = new SettingsDraft();
		draft.edit(PORT, '1');
		expect(draft.outcome([HOST]).values).toEqual({});
	});
});
