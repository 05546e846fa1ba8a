import { describe, expect, it } from 'vitest';
import type { SettingView } from '../../src/operator/contract.ts';
import { groupSettings } from './setting-groups.ts';

const setting = (field: string): SettingView => ({
	field,
	kind: 'flag',
	value: true,
	fallback: true,
	description: '',
	allowed: '',
	source: 'default',
});
const FIELDS = [
	'future.b',
	'log.level',
	'server.host',
	'server.port',
	'future.a',
	'desktop.startAtLogin',
	'window.theme',
];

describe('the groups of settings', () => {
	it('begin with what an operator changes most, and end with what the window does not know', () => {
		const groups = groupSettings(FIELDS.map(setting), true);
		expect(groups.map(({ section }) => section)).toEqual(['window', 'desktop', 'server', 'log', 'future']);
		expect(groups.at(-1)?.settings.map(({ field }) => field)).toEqual(['future.b', 'future.a']);
	});

	it('leave out the desktop app where there is none', () => {
		expect(groupSettings(FIELDS.map(setting), false).map(({ section }) => section)).not.toContain('desktop');
	});
});
