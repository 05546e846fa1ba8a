import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium, _electron as electronHost, expect, type Page } from '@playwright/test';
import { findElectron, hasDisplay } from '../../build/electron-runtime.ts';
import { isolatedEnv } from './command.ts';
import { FakeElectronControl } from './fake-electron-control.ts';
import { type Exit, Program } from './program.ts';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const FAKE_ELECTRON = fileURLToPath(new URL('../fake-electron/run.ts', import.meta.url));

/** What runs the app: Electron if its runtime is installed and there is a display, otherwise the fake Electron. */
export const DESKTOP_HOST =
	findElectron(process.env) !== undefined && hasDisplay(process.env) ? 'electron' : 'fake-electron';

/** Matches the URL of the window's page on either host. */
const WINDOW_URL = /^(?:app:\/\/window|http:\/\/window\.app\.localhost)\//;

export interface DesktopOptions {
	readonly dataDir: string;
	/** Additional flags of the app. */
	readonly args?: readonly string[];
	/** The port to listen on, unless `args` contain one; default any free port. */
	readonly port?: 'from settings' | 'free';
	readonly env?: Readonly<Record<string, string>>;
	/** The language of the system; default `en-US`. */
	readonly locale?: string;
	/** Whether the desktop reports that it shows tray icons (only on Linux); default true. */
	readonly hasTray?: boolean;
}

/** The desktop app in a separate process. */
export class DesktopApp {
	readonly host = DESKTOP_HOST;
	/** The process; it logs to stderr. */
	readonly program: Program;
	/** Access to tray, dialogs and windows; only on the fake Electron. */
	readonly control: FakeElectronControl;
	private readonly findPages: () => Promise<readonly Page[]>;

	/** Use `launch` instead. @param findPages returns the existing pages of the app */
	constructor(program: Program, findPages: (control: FakeElectronControl) => Promise<readonly Page[]>) {
		this.program = program;
		this.control = new FakeElectronControl(program);
		this.findPages = () => findPages(this.control);
	}

	static async launch(options: DesktopOptions): Promise<DesktopApp> {
		const { dataDir, args = [], port = 'free', locale = 'en-US', hasTray = true } = options;
		const flags = [
			`--lang=${locale}`,
			'--data-dir',
			dataDir,
			...(port === 'from settings' || args.includes('--port') ? [] : ['--port', '0']),
			...args,
		];
		const env = { ...isolatedEnv(), PATH: await pathWithBus(dataDir, hasTray), ...options.env };
		return DESKTOP_HOST === 'electron' ? launchOnElectron(flags, env) : launchOnFakeElectron(flags, env);
	}

	/** Waits for the page of the window. */
	async page(): Promise<Page> {
		let page: Page | undefined;
		await expect
			.poll(async () => {
				page = (await this.findPages()).find((candidate) => !candidate.isClosed() && WINDOW_URL.test(candidate.url()));
				return page !== undefined;
			})
			.toBe(true);
		if (page === undefined) throw new Error('The window has no page');
		return page;
	}

	/** Returns the service's address when it has started for the `times`th time. */
	async url(times = 1): Promise<string> {
		const pattern = new RegExp(`(?:[^]*?Service is running \\{"port":(\\d+)\\}){${times}}`);
		const [, port] = await this.program.waitForOutput(pattern, 'stderr');
		return `ws://localhost:${port}`;
	}

	/** Stops the app; does nothing if it has stopped. @throws Error if it does not exit */
	stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Exit> {
		return this.program.end(signal);
	}
}

function launchOnFakeElectron(flags: readonly string[], env: Readonly<Record<string, string | undefined>>): DesktopApp {
	const program = Program.start(process.execPath, [FAKE_ELECTRON, MAIN, ...flags], { env, hasChannel: true });
	let context: Promise<BrowserContext> | undefined;
	return new DesktopApp(program, async (control) => {
		const endpoint = await control.ask('browser', null);
		if (endpoint === null) return [];
		context ??= watchBrowser(endpoint);
		return (await context).pages().filter((page) => !crashed.has(page));
	});
}

/** Crashed pages, which the browser still lists. */
const crashed = new WeakSet<Page>();

async function watchBrowser(endpoint: string): Promise<BrowserContext> {
	// Without `noDefaults`, Playwright would override settings that the fake Electron has made for the pages.
	const browser = await chromium.connectOverCDP(endpoint, { noDefaults: true });
	const [context] = browser.contexts();
	if (context === undefined) throw new Error('The browser has no pages');
	const watch = (page: Page) => page.once('crash', () => crashed.add(page));
	context.pages().forEach(watch);
	context.on('page', watch);
	return context;
}

/** Not verified yet: no machine with a real Electron runtime was available. */
async function launchOnElectron(
	flags: readonly string[],
	env: Readonly<Record<string, string | undefined>>,
): Promise<DesktopApp> {
	const executablePath = findElectron(process.env);
	if (executablePath === undefined) throw new Error('Electron is not installed');
	const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
	const merged = Object.entries({ ...process.env, ...env }).flatMap(([name, value]) =>
		value === undefined ? [] : [[name, value]],
	);
	const app = await electronHost.launch({
		executablePath,
		args: [...sandbox, MAIN, ...flags],
		env: Object.fromEntries(merged),
	});
	return new DesktopApp(Program.attach(app.process(), 'electron'), async () => app.windows());
}

/** Returns a PATH with a `dbus-send` that answers like the session bus of a desktop with or without a tray. */
async function pathWithBus(dataDir: string, hasTray: boolean): Promise<string> {
	const folder = join(dataDir, 'session-bus');
	const file = join(folder, 'dbus-send');
	await mkdir(folder, { recursive: true });
	await writeFile(file, `#!/bin/sh\necho '   boolean ${hasTray}'\n`);
	await chmod(file, 0o755);
	return `${folder}${delimiter}${process.env.PATH ?? ''}`;
}
