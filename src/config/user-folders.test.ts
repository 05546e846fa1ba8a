import { userInfo } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolveDataDir } from './data-folder.ts';
import { homeFolder } from './user-folders.ts';

describe.skipIf(process.platform === 'win32')('the home folder', () => {
	it.each([
		['an absolute path', '/home/someone', '/home/someone'],
		['a relative path', 'someone', userInfo().homedir],
		['empty', '', userInfo().homedir],
		['not set', undefined, userInfo().homedir],
	])('with HOME that is %s', (_what, HOME, expected) => {
		expect(homeFolder({ HOME })).toBe(expected);
	});
});

describe.skipIf(process.platform !== 'linux')('the data folder without a flag', () => {
	const HOME = '/home/someone';

	it.each([
		['an absolute path', '/etc/xdg', '/etc/xdg'],
		['a relative path', '.config', join(HOME, '.config')],
		['empty', '', join(HOME, '.config')],
		['not set', undefined, join(HOME, '.config')],
	])('with XDG_CONFIG_HOME that is %s', (_what, XDG_CONFIG_HOME, parent) => {
		expect(resolveDataDir({ env: { HOME, XDG_CONFIG_HOME } })).toBe(join(parent, 'fingerprint-service'));
	});
});
