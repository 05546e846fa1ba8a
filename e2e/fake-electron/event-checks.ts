import type { App, BrowserWindow, IpcMain, PowerMonitor, Tray, WebContents } from 'electron';
import type { AppEvents } from './app.ts';
import type { WindowEvents } from './browser-window.ts';
import type { WebContentsEvents } from './web-contents.ts';

/*
 * Type checks that never run: this file compiles only if each event of the fake Electron also exists in Electron and passes no
 * arguments that Electron does not pass. Methods are checked where they are declared.
 */

type TypedListener<Args extends unknown[]> = (...args: Args) => void;
type Listeners<Events extends Record<keyof Events, unknown[]>> = {
	readonly [E in keyof Events]: TypedListener<Events[E]>;
};

export function compareAppEvents(app: App, on: Listeners<AppEvents>): void {
	app.on('ready', () => on.ready());
	app.on('second-instance', on['second-instance']);
	app.on('web-contents-created', on['web-contents-created']);
	app.on('render-process-gone', on['render-process-gone']);
	app.on('window-all-closed', on['window-all-closed']);
	app.on('before-quit', on['before-quit']);
	app.on('will-quit', on['will-quit']);
	app.on('quit', on.quit);
	app.on('activate', on.activate);
}

export function compareWindowEvents(window: BrowserWindow, on: Listeners<WindowEvents>): void {
	window.on('ready-to-show', on['ready-to-show']);
	window.on('close', on.close);
	window.on('closed', on.closed);
	window.on('session-end', on['session-end']);
}

export function compareContentsEvents(contents: WebContents, on: Listeners<WebContentsEvents>): void {
	contents.on('dom-ready', on['dom-ready']);
	contents.on('will-frame-navigate', on['will-frame-navigate']);
	contents.on('render-process-gone', on['render-process-gone']);
	contents.on('destroyed', on.destroyed);
	contents.on('will-redirect', on['will-redirect']);
	contents.on('will-attach-webview', on['will-attach-webview']);
}

export function compareOtherEvents(tray: Tray, power: PowerMonitor, ipc: IpcMain, listener: () => void): void {
	tray.on('click', listener);
	power.on('suspend', listener);
	power.on('resume', listener);
	power.on('shutdown', listener);
	ipc.on('a channel', listener);
}
