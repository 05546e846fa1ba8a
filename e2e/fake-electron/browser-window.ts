import { EventEmitter } from 'node:events';
import type { BrowserWindow, BrowserWindowConstructorOptions, Event as ElectronEvent } from 'electron';
import { fakeApp } from './app.ts';
import type { WindowState } from './control-contract.ts';
import { PreventableEvent } from './preventable-event.ts';
import { FakeWebContents } from './web-contents.ts';

/** The implemented events of Electron's `BrowserWindow`, and one that is never emitted. */
export interface WindowEvents {
	'ready-to-show': [];
	close: [event: ElectronEvent];
	closed: [];
	/** Exists only on Windows; never emitted. */
	'session-end': [event: ElectronEvent];
}

const windows = new Map<number, FakeBrowserWindow>();
let lastId = 0;

/** The implemented members of Electron's `BrowserWindow`. */
type ImplementedBrowserWindow = Pick<
	BrowserWindow,
	| 'close'
	| 'destroy'
	| 'focus'
	| 'hide'
	| 'id'
	| 'isDestroyed'
	| 'isMinimized'
	| 'isVisible'
	| 'loadURL'
	| 'minimize'
	| 'restore'
	| 'setAutoHideMenuBar'
	| 'setMenuBarVisibility'
	| 'show'
>;

/** A Chromium page, and the state of its window. */
export class FakeBrowserWindow extends EventEmitter<WindowEvents> implements ImplementedBrowserWindow {
	readonly id = ++lastId;
	readonly webContents: FakeWebContents;
	private isShown: boolean;
	private isSmall = false;
	private isMenuBarShown: boolean;

	constructor(options: BrowserWindowConstructorOptions) {
		super();
		fakeApp.requireReady('BrowserWindow');
		this.isShown = options.show ?? true;
		this.isMenuBarShown = !options.autoHideMenuBar;
		this.webContents = new FakeWebContents(options.webPreferences ?? {});
		this.webContents.once('dom-ready', () => this.emit('ready-to-show'));
		windows.set(this.id, this);
		const { width = 800, height = 600 } = options;
		void this.webContents.page.then((page) => page.setViewportSize({ width, height }));
	}

	/** @throws Error if there is no such window */
	static get(id: number): FakeBrowserWindow {
		const window = windows.get(id);
		if (window === undefined) throw new Error(`There is no window ${id}`);
		return window;
	}

	static getAllWindows(): FakeBrowserWindow[] {
		return [...windows.values()];
	}

	loadURL(url: string): Promise<void> {
		return this.webContents.loadURL(url);
	}

	show(): void {
		this.isShown = true;
	}

	hide(): void {
		this.isShown = false;
	}

	minimize(): void {
		this.isShown = true;
		this.isSmall = true;
	}

	restore(): void {
		this.isSmall = false;
	}

	/** Does nothing, because there are no other windows in front. */
	focus(): void {}

	isVisible(): boolean {
		return this.isShown;
	}

	isMinimized(): boolean {
		return this.isSmall;
	}

	isDestroyed(): boolean {
		return !windows.has(this.id);
	}

	setAutoHideMenuBar(_hide: boolean): void {}

	setMenuBarVisibility(visible: boolean): void {
		this.isMenuBarShown = visible;
	}

	close(): void {
		const event = new PreventableEvent();
		this.emit('close', event);
		if (!event.defaultPrevented) this.destroy();
	}

	destroy(): void {
		if (!windows.delete(this.id)) return;
		void this.webContents.destroy();
		this.emit('closed');
		if (windows.size > 0) return;
		if (fakeApp.listenerCount('window-all-closed') === 0) fakeApp.quit();
		else fakeApp.emit('window-all-closed');
	}

	get state(): WindowState {
		return {
			id: this.id,
			url: this.webContents.getURL(),
			isVisible: this.isShown,
			isMinimized: this.isSmall,
			isMenuBarVisible: this.isMenuBarShown,
		};
	}
}

fakeApp.windows = {
	closeAll: () => {
		for (const window of windows.values()) window.close();
		return windows.size === 0;
	},
};
