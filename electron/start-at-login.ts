import { mkdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { app } from 'electron';
import { writeDataFile } from '../src/config/data-folder.ts';
import { autostartEntry, autostartFile } from './autostart-entry.ts';
import { settingValue } from './live-topics.ts';
import type { Shell } from './shell.ts';

/** Start the app with the session of the user, hidden, as the setting says; only an installed app does so. */
export function setupStartAtLogin({ topics, logger }: Shell): void {
	if (!app.isPackaged) return;
	let applied: boolean | undefined;
	topics.watch(['settings'], () => {
		const wanted = settingValue(topics.get('settings'), 'desktop.startAtLogin');
		if (typeof wanted !== 'boolean' || wanted === applied) return;
		applied = wanted;
		apply(wanted).catch((error: unknown) => logger.warn('The start at login could not be changed', { error }));
	});
}

async function apply(openAtLogin: boolean): Promise<void> {
	if (process.platform !== 'linux') {
		app.setLoginItemSettings({ openAtLogin, args: ['--hidden'] });
		return;
	}
	const file = autostartFile({ env: process.env, home: homedir() });
	if (!openAtLogin) return rm(file, { force: true });
	await mkdir(dirname(file), { recursive: true });
	// An AppImage runs from a folder that is gone after it.
	await writeDataFile(file, autostartEntry(process.env.APPIMAGE ?? process.execPath), { mode: 0o644 });
}
