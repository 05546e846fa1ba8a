import type { BrowserWindowConstructorOptions } from 'electron';

/** Options of the operator window. The caller adds title, icon and preload script. */
export const WINDOW_OPTIONS = {
	width: 960,
	height: 640,
	minWidth: 480,
	minHeight: 400,
	/** The window is shown when its page is ready, to avoid a blank window. */
	show: false,
	autoHideMenuBar: true,
	webPreferences: {
		sandbox: true,
		contextIsolation: true,
		nodeIntegration: false,
		nodeIntegrationInWorker: false,
		nodeIntegrationInSubFrames: false,
		webSecurity: true,
		allowRunningInsecureContent: false,
		webviewTag: false,
		navigateOnDragDrop: false,
		/** The spell checker would download dictionaries. */
		spellcheck: false,
	},
} as const satisfies BrowserWindowConstructorOptions;
