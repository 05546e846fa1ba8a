import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
	type BrowserContext,
	chromium,
	type Download,
	type Frame,
	type Page,
	type Request,
	type Route,
} from '@playwright/test';
import { findBrowser, NO_BROWSER } from '../support/find-browser.ts';
import { app } from './app.ts';
import type { DownloadState } from './control-contract.ts';
import { answerRequest } from './protocol.ts';

/** Decides about a page's own navigation. @returns false to forbid it */
type NavigationGuard = (url: string, frame: { isMainFrame: boolean }) => boolean;

/** What somebody who shows a page wants to know of it. */
export interface PageOwner {
	readonly mayNavigate: NavigationGuard;
	/** A page wants to open another one. */
	readonly onPopup: (url: string) => void;
}

const owners = new Map<Page, PageOwner>();
const downloads: Download[] = [];
/** Pages that are about to be opened by the app, and not by a page. */
let expected = 0;
let starting: Promise<BrowserContext> | undefined;
let permissions: readonly string[] = [];
let colorScheme: 'light' | 'dark' | null = null;

/** A new page in the one browser, which starts with the first; its profile is the app's `sessionData`. */
export async function openPage(owner: PageOwner): Promise<Page> {
	const context = await start();
	expected++;
	const page = await context.newPage();
	owners.set(page, owner);
	page.once('close', () => owners.delete(page));
	page.on('download', (download) => downloads.push(download));
	await page.emulateMedia({ colorScheme });
	return page;
}

/** What pages have had saved so far. */
export function finishedDownloads(): Promise<DownloadState[]> {
	return Promise.all(
		downloads.map(async (download) => ({
			fileName: download.suggestedFilename(),
			text: await readFile(await download.path(), 'utf8'),
		})),
	);
}

/** Names of permissions as Chromium has them, for all pages from now on. */
export async function grantPermissions(names: readonly string[]): Promise<void> {
	permissions = names;
	if (starting !== undefined) await (await starting).grantPermissions([...names]);
}

/** What pages are told that the person prefers; `null` = what the system says. */
export async function setColorScheme(scheme: 'light' | 'dark' | null): Promise<void> {
	colorScheme = scheme;
	await Promise.all([...owners.keys()].map((page) => page.emulateMedia({ colorScheme: scheme })));
}

/** Where `chromium.connectOverCDP` finds the browser; `undefined` before the first page. */
export async function debuggingEndpoint(): Promise<string | undefined> {
	if (starting === undefined) return undefined;
	await starting;
	const [port = ''] = readFileSync(join(app.getPath('sessionData'), 'DevToolsActivePort'), 'utf8').split('\n');
	return `http://127.0.0.1:${port}`;
}

function start(): Promise<BrowserContext> {
	starting ??= launch();
	return starting;
}

async function launch(): Promise<BrowserContext> {
	const executablePath = findBrowser();
	if (executablePath === undefined) throw new Error(NO_BROWSER);
	const context = await chromium.launchPersistentContext(app.getPath('sessionData'), {
		executablePath,
		viewport: null,
		colorScheme: null,
		// The app is told by signals, and ends its browser itself.
		handleSIGINT: false,
		handleSIGTERM: false,
		handleSIGHUP: false,
		args: [
			'--remote-debugging-port=0',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
			'--no-first-run',
			'--host-resolver-rules=MAP *.example 127.0.0.1',
			...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
		],
	});
	await context.grantPermissions([...permissions]);
	await context.route('**', onRequest);
	context.on('page', (page) => void onPage(page));
	return context;
}

async function onRequest(route: Route): Promise<void> {
	const request = route.request();
	if (request.isNavigationRequest() && !isAllowed(request)) return route.abort('aborted');
	const response = await answerRequest(request.method(), request.url());
	if (response === undefined) return route.continue();
	await route.fulfill({
		status: response.status,
		headers: Object.fromEntries(response.headers),
		body: Buffer.from(await response.arrayBuffer()),
	});
}

function isAllowed(request: Request): boolean {
	const frame = tryFrameOf(request);
	const owner = frame && owners.get(frame.page());
	return owner?.mayNavigate(request.url(), { isMainFrame: frame?.parentFrame() === null }) ?? false;
}

/** `undefined` where it is of a window that a page opens, and that is not there yet. */
function tryFrameOf(request: Request): Frame | undefined {
	try {
		return request.frame();
	} catch {
		return undefined;
	}
}

/** A page opens another one before anybody can be asked; it is gone again at once. */
async function onPage(page: Page): Promise<void> {
	if (expected > 0) {
		expected--;
		return;
	}
	const opener = await page.opener();
	if (opener !== null) owners.get(opener)?.onPopup(page.url());
	await page.close();
}
