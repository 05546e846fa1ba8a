import { describe, expect, it } from 'vitest';
import type { SettingView } from '../../src/operator/contract.ts';
import { pendingRestarts } from './pending-restarts.ts';

const setting = (field: string, effect: SettingView['effect']): SettingView => ({
	field,
	group: 'connections',
	effect,
	isAdvanced: false,
	variable: '',
	description: '',
	allowed: '',
	source: 'file',
	kind: 'flag',
	value: false,
	fallback: true,
});
const SETTINGS = [
	setting('server.port', 'program-start'),
	setting('scans.perMinute', 'service-start'),
	setting('virtual.enabled', 'service-start'),
];

describe('pendingRestarts', () => {
	it.each([
		[[], 0, 0],
		[['scans.perMinute', 'virtual.enabled'], 2, 0],
		[['server.port'], 0, 1],
		[['server.port', 'scans.perMinute'], 1, 1],
	])('of %j counts %i for the service and %i for the program', (pending, forService, forProgram) => {
		expect(pendingRestarts({ settings: SETTINGS, pending })).toEqual({ forService, forProgram });
	});
});
