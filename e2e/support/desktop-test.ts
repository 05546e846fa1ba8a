import { DESKTOP_HOST, DesktopApp, type DesktopOptions } from './desktop-app.ts';
import { findBrowser, NO_BROWSER } from './find-browser.ts';
import { findComplaints, NO_COMPLAINT } from './running-service.ts';
import { test as base, expect } from './service-test.ts';

interface LaunchOptions extends Partial<DesktopOptions> {
	/** What the app may complain of in its log; default: nothing. */
	readonly complaints?: RegExp;
}

interface DesktopFixtures {
	/** Start the desktop app in the data folder of the test; it is stopped at the end, and fails the test if it complains. */
	launchDesktop: (options?: LaunchOptions) => Promise<DesktopApp>;
}

export const test = base.extend<DesktopFixtures>({
	launchDesktop: async ({ dataDir }, use) => {
		const ends: (() => Promise<void>)[] = [];
		await use(async ({ complaints = NO_COMPLAINT, ...options } = {}) => {
			const app = await DesktopApp.launch({ dataDir, ...options });
			ends.push(() => expectGoodEnd(app, complaints));
			return app;
		});
		for (const end of ends) await end();
	},
});

async function expectGoodEnd(app: DesktopApp, complaints: RegExp): Promise<void> {
	expect(await app.stop(), app.program.stderr).toEqual({ code: 0, signal: null });
	// Chromium inside of Electron says much that is no complaint of ours.
	if (app.host !== 'stand-in') return;
	expect(findComplaints(app.program.stderr, complaints)).toEqual([]);
}

/** The title of a test of the desktop app: it says what the app runs on. */
export function onDesktop(title: string): string {
	return `${title} [${DESKTOP_HOST}]`;
}

/** Skip the tests of a file where no window could be shown. */
export function skipWithoutWindows(): void {
	test.skip(DESKTOP_HOST === 'stand-in' && findBrowser() === undefined, NO_BROWSER);
}

/** Skip the tests of a file that look at what Electron shows outside of its windows, which it lets nobody see. */
export function skipWithoutControl(): void {
	test.skip(DESKTOP_HOST !== 'stand-in', 'nobody can look at the tray and the dialogs of a real Electron');
}

export { expect };
