import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { app } from 'electron';
import { writeDataFile } from '../../src/config/data-folder.ts';
import { homeFolder } from '../../src/config/user-folders.ts';
import type { DesktopArguments } from '../app/arguments.ts';
import type { DesktopContext } from '../app/desktop-context.ts';
import { getSettingValue } from '../ipc/live-topics.ts';
import { autostartEntry, autostartFile } from './autostart-entry.ts';
import { planLogin } from './login-plan.ts';

/** Makes the system start the app hidden at login, as the setting says. Does nothing unless the app is packaged. */
export function setupStartAtLogin({ topics, logger }: DesktopContext, { isHidden }: DesktopArguments): void {
	if (!app.isPackaged) return;
	let applied: boolean | undefined;
	topics.watch(['settings'], () => {
		const isWanted = getSettingValue(topics.get('settings'), 'desktop.startAtLogin');
		if (typeof isWanted !== 'boolean' || isWanted === applied) return;
		const isFirst = applied === undefined;
		applied = isWanted;
		const plan = planLogin({ isWanted, isForAllUsers: isStartedForAllUsers(), isHidden: isFirst && isHidden });
		applyLoginEntry(plan.hasOwnEntry).catch((error: unknown) => {
			logger.warn('The start at login could not be changed', { error });
		});
		if (plan.mustQuit) app.quit();
	});
}

/** Returns whether the Windows installer has registered the app to start for all users of the machine. */
function isStartedForAllUsers(): boolean {
	if (process.platform !== 'win32') return false;
	return app.getLoginItemSettings().launchItems.some(({ scope }) => scope === 'machine');
}

async function applyLoginEntry(openAtLogin: boolean): Promise<void> {
	if (process.platform !== 'linux') {
		app.setLoginItemSettings({ openAtLogin, args: ['--hidden'] });
		return;
	}
	const file = autostartFile({ env: process.env, home: homeFolder(process.env) });
	if (!openAtLogin) return rm(file, { force: true });
	await mkdir(dirname(file), { recursive: true });
	// An AppImage runs from a temporary mount, so its executable path is not valid after it exits.
	await writeDataFile(file, autostartEntry(process.env.APPIMAGE ?? process.execPath), { mode: 0o644 });
}
