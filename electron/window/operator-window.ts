import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, type Event, type RenderProcessGoneDetails } from 'electron';
import type { DesktopContext } from '../app/desktop-context.ts';
import { hasTrayHost } from '../tray/tray-host.ts';
import { WINDOW_URL } from './window-address.ts';
import { WINDOW_OPTIONS } from './window-options.ts';

const PRELOAD = fileURLToPath(new URL('./preload.cjs', import.meta.url));
const ICON = fileURLToPath(new URL('../build/icons/rendered/linux/256x256.png', import.meta.url));

/** A page that crashes sooner than this after it was opened would crash again, ms. */
const CRASH_LOOP_MS = 10_000;

/** Views that the shell opens by itself, as fragments of the window's address. */
export type View = '' | '#/logs';

/**
 * The one window. It is made when it is first wanted, and closing it leaves the service running: it hides where a tray icon
 * brings it back, and is minimised where none can be seen.
 */
export class OperatorWindow {
	private readonly shell: DesktopContext;
	private window: BrowserWindow | undefined;
	private openedAt = 0;
	private isQuitting = false;

	constructor(shell: DesktopContext) {
		this.shell = shell;
	}

	/** Show the window and bring it to the front. @param view where to go; default: where it is */
	show(view: View = ''): void {
		if (this.window === undefined) {
			this.create(view, (window) => window.show());
			return;
		}
		if (view !== '') this.goTo(this.window, view);
		if (this.window.isMinimized()) this.window.restore();
		this.window.show();
		this.window.focus();
	}

	/** Start out of the way: in the tray alone, or minimised where no tray icon can be seen. */
	async startHidden(): Promise<void> {
		if (!(await hasTrayHost())) this.create('', (window) => window.minimize());
	}

	/** The window itself while it can be seen, for dialogs that belong to it. */
	get visible(): BrowserWindow | undefined {
		return this.window?.isVisible() && !this.window.isMinimized() ? this.window : undefined;
	}

	/** From now on the window closes for good when it is told to. */
	letClose(): void {
		this.isQuitting = true;
	}

	private create(view: View, reveal: (window: BrowserWindow) => void): void {
		const window = new BrowserWindow({
			...WINDOW_OPTIONS,
			title: this.shell.text().appName,
			icon: ICON,
			webPreferences: { ...WINDOW_OPTIONS.webPreferences, preload: PRELOAD },
		});
		this.window = window;
		this.openedAt = Date.now();
		window.once('ready-to-show', () => reveal(window));
		window.on('close', (event) => this.onClose(window, event));
		window.once('closed', () => {
			if (this.window === window) this.window = undefined;
		});
		// Windows ends a session without a word to a program that has no window.
		window.on('session-end', () => app.quit());
		window.webContents.on('render-process-gone', (_event, details) => this.onCrash(window, details));
		void this.showMenuIfNeeded(window);
		void this.load(window, view);
	}

	/** Where no tray icon can be seen the menu is the only way to quit. */
	private async showMenuIfNeeded(window: BrowserWindow): Promise<void> {
		if ((await hasTrayHost()) || window.isDestroyed()) return;
		window.setAutoHideMenuBar(false);
		window.setMenuBarVisibility(true);
	}

	private async load(window: BrowserWindow, view: View): Promise<void> {
		try {
			await window.loadURL(WINDOW_URL + view);
		} catch (error) {
			if (!window.isDestroyed()) this.shell.logger.error('The window could not be loaded', { error });
		}
	}

	private goTo(window: BrowserWindow, view: View): void {
		window.webContents.executeJavaScript(`location.hash = ${JSON.stringify(view)}`).catch((error: unknown) => {
			this.shell.logger.warn('The view could not be opened', { view, error });
		});
	}

	private onClose(window: BrowserWindow, event: Event): void {
		if (this.isQuitting) return;
		event.preventDefault();
		void hasTrayHost().then((hasTray) => {
			if (window.isDestroyed()) return;
			if (hasTray) window.hide();
			else window.minimize();
		});
	}

	/** Nothing can be done with the window any more; if somebody was looking at it, they get a new one. */
	private onCrash(window: BrowserWindow, { reason, exitCode }: RenderProcessGoneDetails): void {
		if (this.isQuitting || window.isDestroyed()) return;
		this.shell.logger.error('The window crashed', { reason, exitCode });
		const wasVisible = window.isVisible();
		window.destroy();
		if (wasVisible && Date.now() - this.openedAt > CRASH_LOOP_MS) this.show();
	}
}
