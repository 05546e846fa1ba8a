import { defineConfig } from '@playwright/test';
import { findBrowser } from './support/find-browser.ts';

const executablePath = findBrowser();

/** Whether somebody wants the report that `run-tests.ts` counts; without a file it would go to the terminal. */
const isCounted = process.env.PLAYWRIGHT_JSON_OUTPUT_FILE !== undefined;

/** Each spec starts services of its own on free ports, so that specs run side by side. */
export default defineConfig({
	testDir: '.',
	outputDir: '../test-results',
	globalSetup: './support/build-service.ts',
	fullyParallel: true,
	forbidOnly: process.env.CI !== undefined,
	// Two browsers and their services are what a small machine bears.
	workers: 2,
	timeout: 120_000,
	expect: { timeout: 30_000 },
	reporter: [['list'], ['./support/skip-reporter.ts'], ...(isCounted ? [['json'] as const] : [])],
	use: {
		launchOptions: {
			...(executablePath !== undefined && { executablePath }),
			// Nothing but the pages under test may be fetched. Chromium has no sandbox for root.
			args: [
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
				'--disable-quic',
				'--no-first-run',
				// Foreign sites of the specs are on this machine, too.
				'--host-resolver-rules=MAP *.example 127.0.0.1',
				...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
			],
		},
	},
});
