import { app, ipcMain, nativeTheme } from 'electron';
import type { ShellArguments } from './arguments.ts';
import { ConsoleIpc } from './console-ipc.ts';
import { settingValue } from './live-topics.ts';
import { OperatorWindow } from './operator-window.ts';
import type { Shell } from './shell.ts';

/** Give every page of the window a session with the service. */
export function setupConsoleIpc({ service, logger }: Shell): void {
	new ConsoleIpc({ ipcMain, openSession: () => service.openConsole(), logger }).open();
}

/** Open the window, unless the app is to start out of the way. */
export function setupWindow(shell: Shell, { isHidden }: ShellArguments): OperatorWindow {
	const window = new OperatorWindow(shell);
	// Electron quits with its last window where nobody listens.
	app.on('window-all-closed', () => {});
	// macOS starts programs at login without arguments.
	const wasOpenedAtLogin = process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
	if (isHidden || wasOpenedAtLogin) void window.startHidden();
	else window.show();
	return window;
}

/** Title bar, menus and dialogs follow the theme of the window. */
export function setupTheme({ topics }: Shell): void {
	topics.watch(['settings'], () => {
		const theme = settingValue(topics.get('settings'), 'window.theme');
		nativeTheme.themeSource = theme === 'light' || theme === 'dark' ? theme : 'system';
	});
}
