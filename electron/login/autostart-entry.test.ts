import { describe, expect, it } from 'vitest';
import { autostartEntry, autostartFile } from './autostart-entry.ts';

describe('autostartFile', () => {
	it.each([
		[{}, '/home/ani/.config/autostart/fingerprint-service.desktop'],
		[{ XDG_CONFIG_HOME: '/etc/ani' }, '/etc/ani/autostart/fingerprint-service.desktop'],
		[{ XDG_CONFIG_HOME: '' }, '/home/ani/.config/autostart/fingerprint-service.desktop'],
		[{ XDG_CONFIG_HOME: 'relative' }, '/home/ani/.config/autostart/fingerprint-service.desktop'],
	])('returns for the environment %j the path %s', (env, file) => {
		expect(autostartFile({ env, home: '/home/ani' })).toBe(file);
	});
});

describe('autostartEntry', () => {
	it.each([
		['/opt/Fingerprint Service/fingerprint-service', '"/opt/Fingerprint Service/fingerprint-service"'],
		['/home/ani/100%/app', '"/home/ani/100%%/app"'],
		['/home/$ani/`a"b/app', '"/home/\\\\$ani/\\\\`a\\\\"b/app"'],
		['/back\\slash', '"/back\\\\\\\\slash"'],
	])('quotes %s and starts it hidden', (program, quoted) => {
		expect(autostartEntry(program).split('\n')).toContain(`Exec=${quoted} --hidden`);
	});
});
