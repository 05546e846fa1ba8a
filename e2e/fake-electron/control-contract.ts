/*
 * What a test can see and do of an app that runs on the stand-in: plain JSON over the channel between the two processes.
 */

export interface MenuItemState {
	readonly label: string;
	readonly type: string;
	readonly enabled: boolean;
	readonly checked: boolean;
	readonly submenu: readonly MenuItemState[];
}

export interface TrayState {
	/** Path of the picture; empty if it could not be read. */
	readonly image: string;
	readonly toolTip: string;
	readonly menu: readonly MenuItemState[];
}

export interface WindowState {
	readonly id: number;
	/** As the app knows it, such as `app://window/#/logs`. */
	readonly url: string;
	readonly isVisible: boolean;
	readonly isMinimized: boolean;
	readonly isMenuBarVisible: boolean;
}

export interface DialogState {
	readonly message: string;
	readonly detail: string;
	readonly buttons: readonly string[];
	/** What Enter does. */
	readonly defaultId: number;
	/** The window it belongs to. */
	readonly windowId: number | null;
}

export interface DownloadState {
	readonly fileName: string;
	readonly text: string;
}

/** Each command: what it takes and what it gives. A failure comes as text. */
export interface ControlCommands {
	/** `null` where the app has put no icon into the tray. */
	tray: { input: null; result: TrayState | null };
	clickTray: { input: null; result: null };
	/** Labels from the top of the tray's menu down. */
	clickTrayMenu: { input: readonly string[]; result: null };
	applicationMenu: { input: null; result: readonly MenuItemState[] };
	windows: { input: null; result: readonly WindowState[] };
	/** As by the button of its title bar. */
	closeWindow: { input: number; result: null };
	/** As an app does it, which no handler of navigations can forbid. */
	loadUrl: { input: { readonly id: number; readonly url: string }; result: null };
	/** The process of its page crashes, for real. */
	crashPage: { input: number; result: null };
	/** The message boxes that are open, the oldest first. */
	dialogs: { input: null; result: readonly DialogState[] };
	/** Press a button of the oldest message box. */
	answerDialog: { input: string; result: null };
	suspend: { input: null; result: null };
	resume: { input: null; result: null };
	clipboard: { input: null; result: string };
	/** What pages have had saved; Electron would have asked a person where. */
	downloads: { input: null; result: readonly DownloadState[] };
	/** What the app has told the system about the start at login. */
	loginItem: { input: null; result: { readonly openAtLogin: boolean; readonly args: readonly string[] } | null };
	quit: { input: null; result: null };
	/** Where `chromium.connectOverCDP` finds the browser that shows the windows; `null` before the first one. */
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
