import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium, _electron as electronHost, expect, type Page } from '@playwright/test';
import { findElectron, hasDisplay } from '../../build/electron-runtime.ts';
import { shieldingEnv } from './command.ts';
import { StandInControl } from './desktop-control.ts';
import { type Exit, Program } from './program.ts';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const STAND_IN = fileURLToPath(new URL('../fake-electron/run.ts', import.meta.url));

/** What runs the app: Electron where its runtime and a display are there, else the stand-in. */
export const DESKTOP_HOST =
	findElectron(process.env) !== undefined && hasDisplay(process.env) ? 'electron' : 'stand-in';

/** The page of the window, in the words of either host. */
const WINDOW_URL = /^(?:app:\/\/window|http:\/\/window\.app\.localhost)\//;

export interface DesktopOptions {
	readonly dataDir: string;
	/** More flags of the app. */
	readonly args?: readonly string[];
	/** Where it listens, unless `args` say it; default: on any free port. */
	readonly port?: 'from settings' | 'free';
	readonly env?: Readonly<Record<string, string>>;
	/** Language of the system; default `en-US`. */
	readonly locale?: string;
	/** Whether the desktop says that it shows tray icons (stand-in on Linux); default true. */
	readonly hasTray?: boolean;
}

/** The desktop app, in a process of its own. */
export class DesktopApp {
	readonly host = DESKTOP_HOST;
	/** The process, with its log on stderr. */
	readonly program: Program;
	/** What only the stand-in lets a test see and do. */
	readonly control: StandInControl;
	private readonly findPages: () => Promise<readonly Page[]>;

	/** For `launch`; @param findPages every page of the app that there is */
	constructor(program: Program, findPages: (control: StandInControl) => Promise<readonly Page[]>) {
		this.program = program;
		this.control = new StandInControl(program);
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
		const env = { ...shieldingEnv(), PATH: await pathWithBus(dataDir, hasTray), ...options.env };
		return DESKTOP_HOST === 'electron' ? launchOnElectron(flags, env) : launchOnStandIn(flags, env);
	}

	/** The page of the window, once there is one. */
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

	/** Where pages connect, once the service runs for the `times`th time. */
	async url(times = 1): Promise<string> {
		const pattern = new RegExp(`(?:[^]*?Service is running \\{"port":(\\d+)\\}){${times}}`);
		const [, port] = await this.program.waitForOutput(pattern, 'stderr');
		return `ws://localhost:${port}`;
	}

	/** Ask it to stop; harmless once it has. @throws Error if it does not end */
	stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Exit> {
		return this.program.end(signal);
	}
}

function launchOnStandIn(flags: readonly string[], env: Readonly<Record<string, string | undefined>>): DesktopApp {
	const program = Program.start(process.execPath, [STAND_IN, MAIN, ...flags], { env, hasChannel: true });
	let context: Promise<BrowserContext> | undefined;
	return new DesktopApp(program, async (control) => {
		const endpoint = await control.ask('browser', null);
		if (endpoint === null) return [];
		context ??= watchBrowser(endpoint);
		return (await context).pages().filter((page) => !crashed.has(page));
	});
}

/** Pages that are still there and do nothing any more. */
const crashed = new WeakSet<Page>();

async function watchBrowser(endpoint: string): Promise<BrowserContext> {
	// The app has set up its pages, which must stay as they are.
	const browser = await chromium.connectOverCDP(endpoint, { noDefaults: true });
	const [context] = browser.contexts();
	if (context === undefined) throw new Error('The browser has no pages');
	const watch = (page: Page) => page.once('crash', () => crashed.add(page));
	context.pages().forEach(watch);
	context.on('page', watch);
	return context;
}

/** Unverified: it has not met a real runtime yet. */
async function launchOnElectron(
	flags: readonly string[],
	env: Readonly<Record<string, string | undefined>>,
): Promise<DesktopApp> {
	const executablePath = findElectron(process.env);
	if (executablePath === undefined) throw new Error('There is no Electron');
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

/** A PATH on which the session bus answers as that of a desktop with or without a place for tray icons. */
async function pathWithBus(dataDir: string, hasTray: boolean): Promise<string> {
	const folder = join(dataDir, 'session-bus');
	const file = join(folder, 'dbus-send');
	await mkdir(folder, { recursive: true });
	await writeFile(file, `#!/bin/sh\necho '   boolean ${hasTray}'\n`);
	await chmod(file, 0o755);
	return `${folder}${delimiter}${process.env.PATH ?? ''}`;
}
