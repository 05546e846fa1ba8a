import { nativeTheme } from 'electron';
import type { DesktopContext } from '../app/desktop-context.ts';
import { getSettingValue } from '../ipc/live-topics.ts';

/** Makes title bar, menus and dialogs follow the theme of the window. */
export function setupTheme({ topics }: DesktopContext): void {
	topics.watch(['settings'], () => {
		const theme = getSettingValue(topics.get('settings'), 'window.theme');
		nativeTheme.themeSource = theme === 'light' || theme === 'dark' ? theme : 'system';
	});
}
