import { ipcMain } from 'electron';
import type { DesktopContext } from '../app/desktop-context.ts';
import { ConsoleIpc } from './operator-ipc.ts';

/** Give every page of the window a session with the service. */
export function setupConsoleIpc({ service, logger }: DesktopContext): void {
	new ConsoleIpc({ ipcMain, openSession: () => service.openConsole(), logger }).open();
}
