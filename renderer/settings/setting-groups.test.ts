import { describe, expect, it } from 'vitest';
import type { SettingGroup, SettingView } from '../../src/operator/contract.ts';
import { groupSettings } from './setting-groups.ts';

const setting = (field: string, group: SettingGroup): SettingView => ({
	field,
	group,
	effect: 'service-start',
	isAdvanced: false,
	variable: '',
	kind: 'flag',
	value: true,
	fallback: true,
	description: '',
	allowed: '',
	source: 'default',
});
const SETTINGS = [
	setting('window.theme', 'window'),
	setting('desktop.startAtLogin', 'desktop'),
	setting('hid.enabled', 'readers'),
	setting('log.level', 'log'),
	setting('zkfinger.enabled', 'readers'),
];

describe('groupSettings', () => {
	it('keeps the order of the service and collects the sections of a group', () => {
		const groups = groupSettings(SETTINGS, true);
		expect(groups.map(([group]) => group)).toEqual(['window', 'desktop', 'readers', 'log']);
		expect(groups[2]?.[1].map(({ field }) => field)).toEqual(['hid.enabled', 'zkfinger.enabled']);
	});

	it('omits the desktop app when the service runs without it', () => {
		expect(groupSettings(SETTINGS, false).map(([group]) => group)).toEqual(['window', 'readers', 'log']);
	});
});
