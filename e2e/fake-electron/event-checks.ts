import type { App, BrowserWindow, IpcMain, PowerMonitor, Tray, WebContents } from 'electron';
import type { AppEvents } from './app.ts';
import type { WindowEvents } from './browser-window.ts';
import type { WebContentsEvents } from './web-contents.ts';

/*
 * Never run: it compiles only where each event that the stand-in emits is one of Electron's and comes with no more than
 * Electron gives. The methods are compared where they are declared.
 */

type Listener<Args extends unknown[]> = (...args: Args) => void;
type Listeners<Events extends Record<keyof Events, unknown[]>> = { readonly [E in keyof Events]: Listener<Events[E]> };

/** For the compiler alone. */
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

/** For the compiler alone. */
export function compareWindowEvents(window: BrowserWindow, on: Listeners<WindowEvents>): void {
	window.on('ready-to-show', on['ready-to-show']);
	window.on('close', on.close);
	window.on('closed', on.closed);
	window.on('session-end', on['session-end']);
}

/** For the compiler alone. */
export function compareContentsEvents(contents: WebContents, on: Listeners<WebContentsEvents>): void {
	contents.on('dom-ready', on['dom-ready']);
	contents.on('will-frame-navigate', on['will-frame-navigate']);
	contents.on('render-process-gone', on['render-process-gone']);
	contents.on('destroyed', on.destroyed);
	contents.on('will-redirect', on['will-redirect']);
	contents.on('will-attach-webview', on['will-attach-webview']);
}

/** For the compiler alone. */
export function compareOtherEvents(tray: Tray, power: PowerMonitor, ipc: IpcMain, listener: () => void): void {
	tray.on('click', listener);
	power.on('suspend', listener);
	power.on('resume', listener);
	power.on('shutdown', listener);
	ipc.on('a channel', listener);
}
