import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { DesktopContext } from '../app/desktop-context.ts';
import type { DesktopText } from '../text/desktop-text.ts';

/** Sets the application menu, which defines the keyboard shortcuts for zoom, reload and quit. */
export function setupMenu({ topics, text }: DesktopContext): void {
	topics.watch(['settings'], () => Menu.setApplicationMenu(Menu.buildFromTemplate(windowMenu(text()))));
}

function windowMenu(text: DesktopText): MenuItemConstructorOptions[] {
	const view: MenuItemConstructorOptions = {
		label: text.view,
		submenu: [
			{ role: 'reload', label: text.reload },
			{ type: 'separator' },
			{ role: 'resetZoom', label: text.resetZoom },
			{ role: 'zoomIn', label: text.zoomIn },
			{ role: 'zoomOut', label: text.zoomOut },
		],
	};
	if (process.platform === 'darwin') return [{ role: 'appMenu' }, { role: 'editMenu' }, view, { role: 'windowMenu' }];
	const file: MenuItemConstructorOptions = {
		label: text.file,
		submenu: [
			{ role: 'close', label: text.closeWindow },
			{ label: text.quit, accelerator: 'CommandOrControl+Q', click: () => app.quit() },
		],
	};
	return [file, view];
}
