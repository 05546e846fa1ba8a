import { fakeApp } from './app.ts';
import { FakeBrowserWindow } from './browser-window.ts';
import { fakeDialog } from './dialog.ts';
import { fakeIpcMain } from './ipc-main.ts';
import { FakeMenu } from './menu.ts';
import { FakeNativeImage } from './native-image.ts';
import { fakeProtocol } from './protocol.ts';
import { fakeClipboard, fakeNativeTheme, fakePowerMonitor, fakeSession } from './system.ts';
import { FakeTray } from './tray.ts';
import { fakeUtilityProcess } from './utility-process.ts';

/*
 * The module that the app's main process imports instead of `electron`. It implements only what the app uses. Using another
 * member of a module or class throws an error that names it; on other objects, it fails with `is not a function`.
 */

export const app = rejectUnknownMembers('app', fakeApp);
export const BrowserWindow = rejectUnknownMembers('BrowserWindow', FakeBrowserWindow);
export const clipboard = rejectUnknownMembers('clipboard', fakeClipboard);
export const dialog = rejectUnknownMembers('dialog', fakeDialog);
export const ipcMain = rejectUnknownMembers('ipcMain', fakeIpcMain);
export const Menu = rejectUnknownMembers('Menu', FakeMenu);
export const nativeImage = rejectUnknownMembers('nativeImage', FakeNativeImage);
export const nativeTheme = rejectUnknownMembers('nativeTheme', fakeNativeTheme);
export const powerMonitor = rejectUnknownMembers('powerMonitor', fakePowerMonitor);
export const protocol = rejectUnknownMembers('protocol', fakeProtocol);
export const session = rejectUnknownMembers('session', fakeSession);
export const Tray = rejectUnknownMembers('Tray', FakeTray);
export const utilityProcess = rejectUnknownMembers('utilityProcess', fakeUtilityProcess);

function rejectUnknownMembers<T extends object>(name: string, target: T): T {
	return new Proxy(target, {
		get: (_target, property) => {
			if (property in target || typeof property === 'symbol') return Reflect.get(target, property, target);
			throw new Error(`The fake Electron does not implement ${name}.${property}`);
		},
	});
}
