import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Frame, Page } from '@playwright/test';
import type {
	Event as ElectronEvent,
	HandlerDetails,
	RenderProcessGoneDetails,
	WebContents,
	WebContentsWillFrameNavigateEventParams,
	WebPreferences,
	WindowOpenHandlerResponse,
} from 'electron';
import { fakeApp } from './app.ts';
import { openPage } from './chromium-host.ts';
import { createIpcEvent, fakeIpcMain } from './ipc-main.ts';
import { createPreloadScript, PAGE_FUNCTIONS } from './page-shim.ts';
import { PreventableEvent } from './preventable-event.ts';
import { toAppUrl, toBrowserUrl } from './protocol.ts';

/** The implemented events of Electron's `WebContents`, and two that are never emitted. */
export interface WebContentsEvents {
	'dom-ready': [];
	'will-frame-navigate': [details: ElectronEvent<WebContentsWillFrameNavigateEventParams>];
	'render-process-gone': [event: ElectronEvent, details: RenderProcessGoneDetails];
	destroyed: [];
	/** Never emitted, because no server of the tests redirects. */
	'will-redirect': [details: ElectronEvent];
	/** Never emitted, because Chromium has no `<webview>` element. */
	'will-attach-webview': [event: ElectronEvent];
}

class WillFrameNavigate extends PreventableEvent implements WebContentsWillFrameNavigateEventParams {
	readonly url: string;
	readonly isSameDocument = false;
	readonly isMainFrame: boolean;
	readonly frame = null;

	constructor(url: string, isMainFrame: boolean) {
		super();
		this.url = url;
		this.isMainFrame = isMainFrame;
	}
}

/** The implemented members of Electron's `WebContents`. */
type ImplementedWebContents = Pick<
	WebContents,
	'executeJavaScript' | 'getURL' | 'isDestroyed' | 'loadURL' | 'send' | 'setWindowOpenHandler'
>;

/** A Chromium page with the preload script of a sandboxed window. */
export class FakeWebContents extends EventEmitter<WebContentsEvents> implements ImplementedWebContents {
	/** Resolves when the page has been opened. */
	readonly page: Promise<Page>;
	private readonly preload: string;
	private url = '';
	/** The browser URL that the app itself is loading, for which `will-frame-navigate` is not emitted. */
	private loading: string | undefined;
	private isGone = false;
	private openHandler: (details: HandlerDetails) => WindowOpenHandlerResponse = () => ({ action: 'allow' });

	/** @throws Error unless the window is sandboxed and isolated */
	constructor({ sandbox, contextIsolation, nodeIntegration, preload }: WebPreferences) {
		super();
		if (!sandbox || !contextIsolation || nodeIntegration)
			throw new Error('The fake Electron supports only sandboxed windows');
		this.preload = preload === undefined ? '' : readFileSync(preload, 'utf8');
		this.page = this.open();
		fakeApp.emit('web-contents-created', new PreventableEvent(), this.facade);
	}

	/** This object typed as Electron's. Members that are not implemented are `undefined`. */
	get facade(): WebContents {
		return this as unknown as WebContents;
	}

	isDestroyed(): boolean {
		return this.isGone;
	}

	getURL(): string {
		return this.url;
	}

	async loadURL(url: string): Promise<void> {
		const page = await this.page;
		this.loading = toBrowserUrl(url);
		await page.goto(this.loading).finally(() => (this.loading = undefined));
	}

	/** Sends a copy of the arguments, as between processes. A page that is being closed receives nothing. */
	send(channel: string, ...args: unknown[]): void {
		const message = { name: PAGE_FUNCTIONS.deliver, channel, args: structuredClone(args) };
		void this.page
			.then((page) => page.evaluate(deliver, message))
			.catch((error: unknown) => this.ignoreUnlessAlive(error));
	}

	async executeJavaScript(code: string): Promise<unknown> {
		return (await this.page).evaluate(code);
	}

	setWindowOpenHandler(handler: (details: HandlerDetails) => WindowOpenHandlerResponse): void {
		this.openHandler = handler;
	}

	async destroy(): Promise<void> {
		if (this.isGone) return;
		this.isGone = true;
		this.emit('destroyed');
		await (await this.page).close();
	}

	private async open(): Promise<Page> {
		const page = await openPage({
			mayNavigate: (url, { isMainFrame }) => this.mayNavigate(url, isMainFrame),
			onPopup: (url) => this.onPopup(url),
		});
		page.on('framenavigated', (frame) => {
			if (frame === page.mainFrame()) this.url = toAppUrl(frame.url());
		});
		page.on('domcontentloaded', () => this.emit('dom-ready'));
		page.on('crash', () => this.onCrash());
		await page.exposeBinding(PAGE_FUNCTIONS.send, ({ frame }, channel: string, args: unknown[]) => {
			fakeIpcMain.emit(channel, this.eventFrom(frame), ...args);
		});
		await page.exposeBinding(PAGE_FUNCTIONS.invoke, ({ frame }, channel: string, args: unknown[]) =>
			fakeIpcMain.invoke(channel, this.eventFrom(frame), args),
		);
		await page.addInitScript({ content: createPreloadScript(this.preload) });
		return page;
	}

	private mayNavigate(url: string, isMainFrame: boolean): boolean {
		if (isMainFrame && url === this.loading) return true;
		const event = new WillFrameNavigate(toAppUrl(url), isMainFrame);
		this.emit('will-frame-navigate', event);
		return !event.defaultPrevented;
	}

	private onPopup(url: string): void {
		const referrer = { url: '', policy: 'default' } as const;
		const details = { url, frameName: '', features: '', disposition: 'new-window', referrer } as const;
		if (this.openHandler(details).action === 'allow')
			throw new Error('The fake Electron does not support windows opened by a page');
	}

	private onCrash(): void {
		const details = { reason: 'crashed', exitCode: 5 } as const;
		this.emit('render-process-gone', new PreventableEvent(), details);
		fakeApp.emit('render-process-gone', new PreventableEvent(), this.facade, details);
	}

	private eventFrom(frame: Frame) {
		const parent = frame.parentFrame();
		return createIpcEvent(this.facade, {
			url: toAppUrl(frame.url()),
			parent: parent === null ? null : { url: toAppUrl(parent.url()) },
		});
	}

	private ignoreUnlessAlive(error: unknown): void {
		if (this.isGone || String(error).includes('context was destroyed') || String(error).includes('crashed')) return;
		process.stderr.write(`error: The fake Electron could not deliver a message: ${error}\n`);
	}
}

/** Runs in the page. */
function deliver({ name, channel, args }: { name: string; channel: string; args: unknown[] }): void {
	const receive: unknown = Reflect.get(globalThis, name);
	// A page without the preload script receives no messages.
	if (typeof receive === 'function') receive(channel, args);
}
