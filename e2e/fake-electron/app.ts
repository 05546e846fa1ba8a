import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type {
	App,
	Event as ElectronEvent,
	LoginItemSettings,
	RenderProcessGoneDetails,
	Settings,
	WebContents,
} from 'electron';
import { InstanceLock } from './instance-lock.ts';
import { PreventableEvent } from './preventable-event.ts';

/** The implemented events of Electron's `app`. */
export interface AppEvents {
	ready: [];
	'second-instance': [event: ElectronEvent, argv: string[], workingDirectory: string];
	'web-contents-created': [event: ElectronEvent, webContents: WebContents];
	'render-process-gone': [event: ElectronEvent, webContents: WebContents, details: RenderProcessGoneDetails];
	'window-all-closed': [];
	'before-quit': [event: ElectronEvent];
	'will-quit': [event: ElectronEvent];
	quit: [event: ElectronEvent, exitCode: number];
	/** Exists only on macOS; never emitted. */
	activate: [event: ElectronEvent, hasVisibleWindows: boolean];
}

/** Closes all windows when the app quits; set by the module of the windows. */
export interface WindowList {
	/** @returns false if a window prevented it */
	closeAll(): boolean;
}

/** The implemented members of Electron's `app`. */
type ImplementedApp = Pick<
	App,
	| 'enableSandbox'
	| 'exit'
	| 'getLocale'
	| 'getLoginItemSettings'
	| 'getPath'
	| 'isPackaged'
	| 'isReady'
	| 'quit'
	| 'requestSingleInstanceLock'
	| 'setLoginItemSettings'
	| 'setPath'
	| 'whenReady'
>;

/** Electron's `app`: lifecycle, paths, single-instance lock and login item. */
export class FakeApp extends EventEmitter<AppEvents> implements ImplementedApp {
	/** Whether a test wants the behaviour of a packaged app. */
	readonly isPackaged = process.env.FAKE_ELECTRON_PACKAGED === '1';
	windows: WindowList = { closeAll: () => true };
	loginItem: Settings | undefined;
	private readonly paths = new Map([
		['userData', tmpdir()],
		['sessionData', tmpdir()],
	]);
	private readonly ready: Promise<void>;
	private resolveReady = () => {};
	private hasBegun = false;
	private lock: InstanceLock | undefined;

	constructor() {
		super();
		this.ready = new Promise((resolve) => {
			this.resolveReady = resolve;
		});
	}

	/** Called when the main module has been evaluated. */
	becomeReady(): void {
		this.hasBegun = true;
		this.resolveReady();
		this.emit('ready');
	}

	isReady(): boolean {
		return this.hasBegun;
	}

	whenReady(): Promise<void> {
		return this.ready;
	}

	/** @throws Error if the app is ready */
	requireNotReady(what: string): void {
		if (this.hasBegun) throw new Error(`${what} should be called before app is ready`);
	}

	/** @throws Error unless the app is ready */
	requireReady(what: string): void {
		if (!this.hasBegun) throw new Error(`${what} can only be used after app is ready`);
	}

	enableSandbox(): void {
		this.requireNotReady('app.enableSandbox()');
	}

	getPath(name: string): string {
		const path = this.paths.get(name);
		if (path === undefined) throw new Error(`Failed to get '${name}' path`);
		return path;
	}

	setPath(name: string, path: string): void {
		this.getPath(name);
		if (!existsSync(path)) throw new Error(`Failed to set path: ${path} does not exist`);
		this.paths.set(name, path);
	}

	/** Returns the locale from the flag `--lang`, otherwise from the environment. */
	getLocale(): string {
		this.requireReady('app.getLocale()');
		const flag = process.argv.find((arg) => arg.startsWith('--lang='))?.slice('--lang='.length);
		return flag ?? process.env.LANG?.split('.')[0]?.replace('_', '-') ?? 'en-US';
	}

	requestSingleInstanceLock(): boolean {
		this.lock ??= new InstanceLock(this.getPath('userData'), (argv, workingDirectory) => {
			void this.whenReady().then(() => {
				this.emit('second-instance', new PreventableEvent(), [...argv], workingDirectory);
			});
		});
		return this.lock.take(process.argv);
	}

	setLoginItemSettings(settings: Settings): void {
		this.loginItem = settings;
	}

	getLoginItemSettings(): LoginItemSettings {
		return {
			openAtLogin: this.loginItem?.openAtLogin ?? false,
			wasOpenedAtLogin: false,
			status: 'not-registered',
			executableWillLaunchAtLogin: false,
			launchItems: [],
		};
	}

	quit(): void {
		const before = new PreventableEvent();
		this.emit('before-quit', before);
		if (before.defaultPrevented || !this.windows.closeAll()) return;
		const will = new PreventableEvent();
		this.emit('will-quit', will);
		if (!will.defaultPrevented) this.exit(0);
	}

	exit(exitCode = 0): void {
		this.emit('quit', new PreventableEvent(), exitCode);
		this.lock?.release();
		process.exit(exitCode);
	}
}

export const fakeApp = new FakeApp();
