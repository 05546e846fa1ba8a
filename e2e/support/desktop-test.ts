import { DESKTOP_HOST, DesktopApp, type DesktopOptions } from './desktop-app.ts';
import { findBrowser, NO_BROWSER } from './find-browser.ts';
import { findUnexpectedLines, NO_LINE } from './running-service.ts';
import { test as base, expect } from './service-test.ts';

interface LaunchOptions extends Partial<DesktopOptions> {
	/** Matches log lines at level error that the test expects; default none. */
	readonly expectedErrors?: RegExp;
}

interface DesktopFixtures {
	/** Starts the desktop app in the test's data folder. At the end the app is stopped and its log is checked. */
	launchDesktop: (options?: LaunchOptions) => Promise<DesktopApp>;
}

export const test = base.extend<DesktopFixtures>({
	launchDesktop: async ({ dataDir }, use) => {
		const ends: (() => Promise<void>)[] = [];
		await use(async ({ expectedErrors = NO_LINE, ...options } = {}) => {
			const app = await DesktopApp.launch({ dataDir, ...options });
			ends.push(() => expectCleanExit(app, expectedErrors));
			return app;
		});
		for (const end of ends) await end();
	},
});

async function expectCleanExit(app: DesktopApp, expectedErrors: RegExp): Promise<void> {
	expect(await app.stop(), app.program.stderr).toEqual({ code: 0, signal: null });
	// Chromium inside Electron logs lines that do not come from the app.
	if (app.host !== 'fake-electron') return;
	expect(findUnexpectedLines(app.program.stderr, expectedErrors)).toEqual([]);
}

/** Adds to a title whether the app runs on Electron or on the fake. */
export function onDesktop(title: string): string {
	return `${title} [${DESKTOP_HOST}]`;
}

/** Skips the test, or all tests of the file, when there is no browser to show a window in. */
export function skipWithoutWindows(): void {
	test.skip(DESKTOP_HOST === 'fake-electron' && findBrowser() === undefined, NO_BROWSER);
}

/** Skips the tests of a file that inspect the tray or dialogs, which only the fake Electron makes accessible. */
export function skipOnRealElectron(): void {
	test.skip(DESKTOP_HOST !== 'fake-electron', 'the tray and the dialogs of a real Electron cannot be inspected');
}

export { expect };
