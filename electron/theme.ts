import { nativeTheme } from 'electron';
import { settingValue } from './live-topics.ts';
import type { Shell } from './shell.ts';

/** Title bar, menus and dialogs follow the theme of the window. */
export function setupTheme({ topics }: Shell): void {
	topics.watch(['settings'], () => {
		const theme = settingValue(topics.get('settings'), 'window.theme');
		nativeTheme.themeSource = theme === 'light' || theme === 'dark' ? theme : 'system';
	});
}
