import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, type Event as ElectronEvent, type RenderProcessGoneDetails } from 'electron';
import { systemClock } from '../../src/time/clock.ts';
import type { DesktopContext } from '../app/desktop-context.ts';
import { hasTrayHost } from '../tray/tray-host.ts';
import { WINDOW_URL } from './window-address.ts';
import { WINDOW_OPTIONS } from './window-options.ts';

const PRELOAD = fileURLToPath(new URL('./preload.cjs', import.meta.url));
const ICON = fileURLToPath(new URL('../build/icons/rendered/linux/256x256.png', import.meta.url));

/** A page that crashes within this time after it was opened, in ms, is not opened again, because it would crash again. */
const CRASH_LOOP_MS = 10_000;

/** The views that the tray can open, as fragments of the window's address. Empty means the current view. */
export type WindowView = '' | '#/logs';

/**
 * The operator window. It is created when it is first shown. Closing it leaves the service running: the window is hidden
 * when a tray icon can bring it back, and otherwise minimised.
 */
export class OperatorWindow {
	private readonly context: DesktopContext;
	private window: BrowserWindow | undefined;
	/** Monotonic, ms. */
	private openedMonotonic = 0;
	private isQuitting = false;

	constructor(context: DesktopContext) {
		this.context = context;
	}

	/** Shows the window and brings it to the front. @param view the view to open; default the current one */
	show(view: WindowView = ''): void {
		if (this.window === undefined) {
			this.create(view, (window) => window.show());
			return;
		}
		if (view !== '') this.goTo(this.window, view);
		if (this.window.isMinimized()) this.window.restore();
		this.window.show();
		this.window.focus();
	}

	/** Starts without a window or, when no tray icon is visible, with a minimised one. */
	async startHidden(): Promise<void> {
		if (!(await hasTrayHost())) this.create('', (window) => window.minimize());
	}

	/** The window as parent for dialogs, or `undefined` when it is not visible. */
	get visible(): BrowserWindow | undefined {
		return this.window?.isVisible() && !this.window.isMinimized() ? this.window : undefined;
	}

	/** Makes a close request really close the window instead of hiding it. */
	allowClose(): void {
		this.isQuitting = true;
	}

	private create(view: WindowView, reveal: (window: BrowserWindow) => void): void {
		const window = new BrowserWindow({
			...WINDOW_OPTIONS,
			title: this.context.text().appName,
			icon: ICON,
			webPreferences: { ...WINDOW_OPTIONS.webPreferences, preload: PRELOAD },
		});
		this.window = window;
		this.openedMonotonic = systemClock.monotonic();
		window.once('ready-to-show', () => reveal(window));
		window.on('close', (event) => this.onClose(window, event));
		window.once('closed', () => {
			if (this.window === window) this.window = undefined;
		});
		// On Windows, only a window receives the notice that the user's session ends.
		window.on('session-end', () => app.quit());
		window.webContents.on('render-process-gone', (_event, details) => this.onCrash(window, details));
		void this.showMenuIfNeeded(window);
		void this.load(window, view);
	}

	/** Shows the menu bar when no tray icon is visible, because it is then the only way to quit. */
	private async showMenuIfNeeded(window: BrowserWindow): Promise<void> {
		if ((await hasTrayHost()) || window.isDestroyed()) return;
		window.setAutoHideMenuBar(false);
		window.setMenuBarVisibility(true);
	}

	private async load(window: BrowserWindow, view: WindowView): Promise<void> {
		try {
			await window.loadURL(WINDOW_URL + view);
		} catch (error) {
			if (!window.isDestroyed()) this.context.logger.error('The window could not be loaded', { error });
		}
	}

	private goTo(window: BrowserWindow, view: WindowView): void {
		window.webContents.executeJavaScript(`location.hash = ${JSON.stringify(view)}`).catch((error: unknown) => {
			this.context.logger.warn('The view could not be opened', { view, error });
		});
	}

	private onClose(window: BrowserWindow, event: ElectronEvent): void {
		if (this.isQuitting) return;
		event.preventDefault();
		void hasTrayHost().then((hasTray) => {
			if (window.isDestroyed()) return;
			if (hasTray) window.hide();
			else window.minimize();
		});
	}

	/** Replaces the unusable window of a crashed page; if it was hidden, the next `show()` creates a new one. */
	private onCrash(window: BrowserWindow, { reason, exitCode }: RenderProcessGoneDetails): void {
		if (this.isQuitting || window.isDestroyed()) return;
		this.context.logger.error('The window crashed', { reason, exitCode });
		const wasVisible = window.isVisible();
		window.destroy();
		if (wasVisible && systemClock.monotonic() - this.openedMonotonic > CRASH_LOOP_MS) this.show();
	}
}
