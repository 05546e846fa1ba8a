import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { App, Event, LoginItemSettings, RenderProcessGoneDetails, Settings, WebContents } from 'electron';
import { InstanceLock } from './instance-lock.ts';
import { PreventableEvent } from './preventable-event.ts';

/** The events of Electron's app that are emitted here. */
export interface AppEvents {
	ready: [];
	'second-instance': [event: Event, argv: string[], workingDirectory: string];
	'web-contents-created': [event: Event, webContents: WebContents];
	'render-process-gone': [event: Event, webContents: WebContents, details: RenderProcessGoneDetails];
	'window-all-closed': [];
	'before-quit': [event: Event];
	'will-quit': [event: Event];
	quit: [event: Event, exitCode: number];
	/** macOS alone; never emitted. */
	activate: [event: Event, hasVisibleWindows: boolean];
}

/** Closes windows for the end of the app; what has windows registers it. */
export interface WindowList {
	/** @returns false if a window has refused */
	closeAll(): boolean;
}

/** What of Electron's `app` is done here. */
type Done = Pick<
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

/** Electron's `app`: its life, its paths, its lock. */
export class StandInApp extends EventEmitter<AppEvents> implements Done {
	/** As of an installed app, for tests of what such a one alone does. */
	readonly isPackaged = process.env.ELECTRON_STAND_IN_PACKAGED === '1';
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

	/** The main module has been evaluated. */
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

	/** Of the flag `--lang`, else of the environment. */
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

export const app = new StandInApp();
