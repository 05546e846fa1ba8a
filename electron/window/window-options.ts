import type { BrowserWindowConstructorOptions } from 'electron';

/** How the operator's window is made; whoever makes it adds the preload script and what belongs to the platform. */
export const WINDOW_OPTIONS = {
	width: 960,
	height: 640,
	minWidth: 480,
	minHeight: 400,
	/** Shown once there is something to see. */
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
		/** It would fetch dictionaries. */
		spellcheck: false,
	},
} as const satisfies BrowserWindowConstructorOptions;
