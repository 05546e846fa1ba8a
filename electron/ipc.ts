import { ipcMain } from 'electron';
import { ConsoleIpc } from './console-ipc.ts';
import type { Shell } from './shell.ts';

/** Give every page of the window a session with the service. */
export function setupConsoleIpc({ service, logger }: Shell): void {
	new ConsoleIpc({ ipcMain, openSession: () => service.openConsole(), logger }).open();
}
