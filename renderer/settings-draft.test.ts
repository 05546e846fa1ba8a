import { describe, expect, it } from 'vitest';
import type { SettingView } from '../src/operator/contract.ts';
import { type DraftEntry, RESET, SettingsDraft } from './settings-draft.ts';

const FACTS = {
	group: 'connections',
	effect: 'service-start',
	isAdvanced: false,
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
/** The port after another window has changed it. */
const SAVED_PORT: SettingView = { ...PORT, value: 9_000, source: 'file' };
const ALL = [PORT, HOST, VIRTUAL, ORIGINS, LEVEL];

describe('the draft of the settings', () => {
	it('converts entries to values of the right kinds', () => {
		const draft = new SettingsDraft();
		draft.edit(PORT, ' 8081 ');
		draft.edit(HOST, ' 192.0.2.7 ');
		draft.edit(VIRTUAL, false);
		draft.edit(ORIGINS, 'https://a.example\n\n https://b.example, https://c.example');
		draft.edit(LEVEL, 'warn');
		expect(draft.outcome(ALL)).toMatchObject({
			invalidNumbers: [],
			conflicts: [],
			replaces: { 'server.port': 8_080, 'server.allowedOrigins': [] },
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
		expect(ALL.map((setting) => draft.entryFor(setting))).toEqual(ALL.map(() => undefined));
	});

	it.each(['', ' ', 'eight', '80 80', '8080x'])('reports that %j is not a number', (entry) => {
		const draft = new SettingsDraft();
		draft.edit(PORT, entry);
		draft.edit(VIRTUAL, false);
		expect(draft.outcome(ALL)).toMatchObject({ values: { 'virtual.enabled': false }, invalidNumbers: ['server.port'] });
	});

	it('resets only values from the file', () => {
		const draft = new SettingsDraft();
		draft.edit(SAVED_PORT, RESET);
		draft.edit(VIRTUAL, RESET);
		expect(draft.outcome([SAVED_PORT, VIRTUAL])).toMatchObject({ values: { 'server.port': null }, invalidNumbers: [] });
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
		expect([draft.fieldErrors.value.size, draft.entryFor(PORT)]).toEqual([0, undefined]);
	});

	it('omits a setting that no longer exists', () => {
		const draft = new SettingsDraft();
		draft.edit(PORT, '1');
		expect(draft.outcome([HOST]).values).toEqual({});
	});

	describe('if another window saves the same setting', () => {
		function editedAndSavedElsewhere(entry: DraftEntry = '8081') {
			const draft = new SettingsDraft();
			draft.edit(PORT, entry);
			return draft;
		}

		it('asks which value to keep', () => {
			const draft = editedAndSavedElsewhere();
			expect([PORT, SAVED_PORT].map((setting) => draft.conflictsWith(setting))).toEqual([false, true]);
			expect(draft.outcome([SAVED_PORT]).conflicts).toEqual(['server.port']);
		});

		it('still asks after further edits, until one of the values is chosen', () => {
			const draft = editedAndSavedElsewhere();
			draft.edit(SAVED_PORT, '8082');
			expect(draft.conflictsWith(SAVED_PORT)).toBe(true);
			draft.keep(SAVED_PORT);
			expect(draft.conflictsWith(SAVED_PORT)).toBe(false);
			expect(draft.outcome([SAVED_PORT])).toMatchObject({
				values: { 'server.port': 8_082 },
				replaces: { 'server.port': 9_000 },
			});
		});

		it('asks again if the setting is saved once more', () => {
			const draft = editedAndSavedElsewhere();
			draft.keep(SAVED_PORT);
			expect(draft.conflictsWith({ ...SAVED_PORT, value: 9_001 })).toBe(true);
		});

		it('drops the entry if the operator chooses the saved value', () => {
			const draft = editedAndSavedElsewhere();
			draft.drop(SAVED_PORT);
			expect(draft.outcome([SAVED_PORT])).toEqual({ values: {}, replaces: {}, invalidNumbers: [], conflicts: [] });
		});

		it('does not ask if both windows chose the same value', () => {
			const draft = editedAndSavedElsewhere('9000');
			expect([draft.conflictsWith(SAVED_PORT), draft.entryFor(SAVED_PORT)]).toEqual([false, undefined]);
			draft.edit(SAVED_PORT, '9001');
			expect(draft.conflictsWith(SAVED_PORT)).toBe(false);
		});
	});
});

describe('a duration', () => {
	const TIMEOUT: SettingView = {
		...PORT,
		field: 'server.authTimeoutMs',
		value: 1_001,
		fallback: 10_000,
	} as SettingView;

	it('is entered in seconds and saved in milliseconds', () => {
		const draft = new SettingsDraft();
		draft.edit(TIMEOUT, '2.5');
		expect(draft.outcome([TIMEOUT]).values).toEqual({ 'server.authTimeoutMs': 2_500 });
	});

	it('is not changed by its own shown value', () => {
		const draft = new SettingsDraft();
		draft.edit(TIMEOUT, '1.001');
		expect(draft.entryFor(TIMEOUT)).toBeUndefined();
	});
});
