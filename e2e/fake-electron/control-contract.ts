/*
 * The commands that a test can send to an app on the fake Electron, as JSON over the IPC channel between the two processes.
 */

export interface MenuItemState {
	readonly label: string;
	readonly type: string;
	readonly enabled: boolean;
	readonly checked: boolean;
	readonly submenu: readonly MenuItemState[];
}

export interface TrayState {
	/** The path of the icon; empty if it could not be read. */
	readonly image: string;
	readonly toolTip: string;
	readonly menu: readonly MenuItemState[];
}

export interface WindowState {
	readonly id: number;
	/** The URL as the app sees it, such as `app://window/#/logs`. */
	readonly url: string;
	readonly isVisible: boolean;
	readonly isMinimized: boolean;
	readonly isMenuBarVisible: boolean;
}

export interface DialogState {
	readonly message: string;
	readonly detail: string;
	readonly buttons: readonly string[];
	/** The index of the button for Enter. */
	readonly defaultId: number;
	/** The window that the dialog belongs to. */
	readonly windowId: number | null;
}

export interface DownloadState {
	readonly fileName: string;
	readonly text: string;
}

/** The input and the result of each command. */
export interface ControlCommands {
	/** `null` when the app has no tray icon. */
	tray: { input: null; result: TrayState | null };
	clickTray: { input: null; result: null };
	/** Clicks an entry of the tray's menu, given by its label and those of its parent menus. */
	clickTrayMenu: { input: readonly string[]; result: null };
	applicationMenu: { input: null; result: readonly MenuItemState[] };
	windows: { input: null; result: readonly WindowState[] };
	/** Acts like the close button of the title bar. */
	closeWindow: { input: number; result: null };
	/** Loads a URL as the app does, without the event `will-frame-navigate`. */
	loadUrl: { input: { readonly id: number; readonly url: string }; result: null };
	/** Crashes the page's renderer process. */
	crashPage: { input: number; result: null };
	/** The open message boxes, oldest first. */
	dialogs: { input: null; result: readonly DialogState[] };
	/** Presses a button of the oldest message box. */
	answerDialog: { input: string; result: null };
	suspend: { input: null; result: null };
	resume: { input: null; result: null };
	clipboard: { input: null; result: string };
	/** The files that pages have saved. Electron would show a dialog to choose the path. */
	downloads: { input: null; result: readonly DownloadState[] };
	/** The settings that the app passed to `app.setLoginItemSettings`. */
	loginItem: { input: null; result: { readonly openAtLogin: boolean; readonly args: readonly string[] } | null };
	quit: { input: null; result: null };
	/** The address of the browser for `chromium.connectOverCDP`; `null` before the first window. */
	browser: { input: null; result: string | null };
}

export type ControlCommand = keyof ControlCommands;

export interface ControlRequest {
	readonly id: number;
	readonly command: ControlCommand;
	readonly input: unknown;
}

export type ControlReply =
	| { readonly id: number; readonly ok: true; readonly result: unknown }
	| { readonly id: number; readonly ok: false; readonly message: string };
