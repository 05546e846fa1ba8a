import { app } from 'electron';
import type { DesktopArguments } from '../app/arguments.ts';
import type { DesktopContext } from '../app/desktop-context.ts';
import { OperatorWindow } from './operator-window.ts';

/** `appId` of build/electron-builder.yml, by which Windows knows that the window belongs to the installed shortcut. */
const APP_ID = 'local.fingerprint-service';

/** Open the window, unless the app is to start out of the way. */
export function setupWindow(shell: DesktopContext, { isHidden }: DesktopArguments): OperatorWindow {
	if (process.platform === 'win32') app.setAppUserModelId(APP_ID);
	// Electron quits with its last window where nobody listens.
	app.on('window-all-closed', () => {});
	// macOS starts programs at login without arguments.
	const wasOpenedAtLogin = process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
	const window = new OperatorWindow(shell);
	if (isHidden || wasOpenedAtLogin) void window.startHidden();
	else window.show();
	return window;
}
