import { app } from 'electron';
import type { DesktopArguments } from '../app/arguments.ts';
import type { DesktopContext } from '../app/desktop-context.ts';
import { OperatorWindow } from './operator-window.ts';

/** The `appId` of build/electron-builder.yml, by which Windows groups the window with the installed shortcut. */
const APP_ID = 'local.fingerprint-service';

/** Creates the operator window and shows it, unless the app starts hidden. */
export function setupWindow(context: DesktopContext, { isHidden }: DesktopArguments): OperatorWindow {
	if (process.platform === 'win32') app.setAppUserModelId(APP_ID);
	// Without a listener, Electron would quit when the last window closes.
	app.on('window-all-closed', () => {});
	// macOS passes no arguments to an app that it starts at login.
	const wasOpenedAtLogin = process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
	const window = new OperatorWindow(context);
	if (isHidden || wasOpenedAtLogin) void window.startHidden();
	else window.show();
	return window;
}
