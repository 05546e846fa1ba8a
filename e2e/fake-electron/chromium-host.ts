import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
	type BrowserContext,
	type Request as BrowserRequest,
	chromium,
	type Download,
	type Frame,
	type Page,
	type Route,
} from '@playwright/test';
import { findBrowser, NO_BROWSER } from '../support/find-browser.ts';
import { fakeApp } from './app.ts';
import type { DownloadState } from './control-contract.ts';
import { answerRequest } from './protocol.ts';

/** Decides about a navigation by the page. @returns false to prevent it */
type NavigationGuard = (url: string, frame: { isMainFrame: boolean }) => boolean;

/** Callbacks for events of a page. */
export interface PageOwner {
	readonly mayNavigate: NavigationGuard;
	/** Called when the page has tried to open another page. */
	readonly onPopup: (url: string) => void;
}

const owners = new Map<Page, PageOwner>();
const downloads: Download[] = [];
/** The number of pages that the app is opening, as opposed to pages that a page has opened. */
let pagesBeingOpened = 0;
let starting: Promise<BrowserContext> | undefined;
let permissions: readonly string[] = [];
let colorScheme: 'light' | 'dark' | null = null;

/** Opens a page in the browser, which starts with the first page. Its profile is the app's `sessionData`. */
export async function openPage(owner: PageOwner): Promise<Page> {
	const context = await start();
	pagesBeingOpened++;
	const page = await context.newPage();
	owners.set(page, owner);
	page.once('close', () => owners.delete(page));
	page.on('download', (download) => downloads.push(download));
	await page.emulateMedia({ colorScheme });
	return page;
}

/** Returns the files that pages have saved so far. */
export function finishedDownloads(): Promise<DownloadState[]> {
	return Promise.all(
		downloads.map(async (download) => ({
			fileName: download.suggestedFilename(),
			text: await readFile(await download.path(), 'utf8'),
		})),
	);
}

/** Grants permissions, by Chromium's names, to all current and future pages. */
export async function grantPermissions(names: readonly string[]): Promise<void> {
	permissions = names;
	if (starting !== undefined) await (await starting).grantPermissions([...names]);
}

/** Sets the preferred colour scheme of all current and future pages; `null` means that of the system. */
export async function setColorScheme(scheme: 'light' | 'dark' | null): Promise<void> {
	colorScheme = scheme;
	await Promise.all([...owners.keys()].map((page) => page.emulateMedia({ colorScheme: scheme })));
}

/** Returns the address of the browser for `chromium.connectOverCDP`, or `undefined` before the first page. */
export async function debuggingEndpoint(): Promise<string | undefined> {
	if (starting === undefined) return undefined;
	await starting;
	const [port = ''] = readFileSync(join(fakeApp.getPath('sessionData'), 'DevToolsActivePort'), 'utf8').split('\n');
	return `http://127.0.0.1:${port}`;
}

function start(): Promise<BrowserContext> {
	starting ??= launch();
	return starting;
}

async function launch(): Promise<BrowserContext> {
	const executablePath = findBrowser();
	if (executablePath === undefined) throw new Error(NO_BROWSER);
	const context = await chromium.launchPersistentContext(fakeApp.getPath('sessionData'), {
		executablePath,
		viewport: null,
		colorScheme: null,
		// The app handles these signals and closes its browser itself.
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

function isAllowed(request: BrowserRequest): boolean {
	const frame = tryFrameOf(request);
	const owner = frame && owners.get(frame.page());
	return owner?.mayNavigate(request.url(), { isMainFrame: frame?.parentFrame() === null }) ?? false;
}

/** Returns the frame of a request, or `undefined` if it comes from a page that is still being opened by another page. */
function tryFrameOf(request: BrowserRequest): Frame | undefined {
	try {
		return request.frame();
	} catch {
		return undefined;
	}
}

/** Closes pages that were opened by a page, which Playwright cannot prevent. */
async function onPage(page: Page): Promise<void> {
	if (pagesBeingOpened > 0) {
		pagesBeingOpened--;
		return;
	}
	const opener = await page.opener();
	if (opener !== null) owners.get(opener)?.onPopup(page.url());
	await page.close();
}
