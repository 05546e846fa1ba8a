import { ipcMain } from 'electron';
import type { DesktopContext } from '../app/desktop-context.ts';
import { OperatorIpc } from './operator-ipc.ts';

/** Gives every page of the window an operator session. */
export function setupOperatorIpc({ service, logger }: DesktopContext): void {
	new OperatorIpc({ ipcMain, openSession: () => service.openOperatorSession(), logger }).open();
}
