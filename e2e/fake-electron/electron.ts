import { app as standInApp } from './app.ts';
import { StandInWindow } from './browser-window.ts';
import { dialog as standInDialog } from './dialog.ts';
import { ipcMain as standInIpcMain } from './ipc-main.ts';
import { StandInMenu } from './menu.ts';
import { StandInImage } from './native-image.ts';
import { protocol as standInProtocol } from './protocol.ts';
import {
	clipboard as systemClipboard,
	powerMonitor as systemPower,
	session as systemSession,
	nativeTheme as systemTheme,
} from './system.ts';
import { StandInTray } from './tray.ts';
import { utilityProcess as standInUtilityProcess } from './utility-process.ts';

/*
 * What the main process of the app imports in place of `electron`. It does what the app uses and no more: whoever reaches for
 * anything else gets an error that says so, here for modules and classes, and as `is not a function` for their objects.
 */

export const app = strict('app', standInApp);
export const BrowserWindow = strict('BrowserWindow', StandInWindow);
export const clipboard = strict('clipboard', systemClipboard);
export const dialog = strict('dialog', standInDialog);
export const ipcMain = strict('ipcMain', standInIpcMain);
export const Menu = strict('Menu', StandInMenu);
export const nativeImage = strict('nativeImage', StandInImage);
export const nativeTheme = strict('nativeTheme', systemTheme);
export const powerMonitor = strict('powerMonitor', systemPower);
export const protocol = strict('protocol', standInProtocol);
export const session = strict('session', systemSession);
export const Tray = strict('Tray', StandInTray);
export const utilityProcess = strict('utilityProcess', standInUtilityProcess);

function strict<T extends object>(name: string, target: T): T {
	return new Proxy(target, {
		get: (_target, property) => {
			if (property in target || typeof property === 'symbol') return Reflect.get(target, property, target);
			throw new Error(`The stand-in does not do ${name}.${property}`);
		},
	});
}
