import { defineConfig } from '@playwright/test';
import { findBrowser } from './support/find-browser.ts';

const executablePath = findBrowser();

/** Whether `run-tests.ts` needs a JSON report; without a file, the report would be printed to the terminal. */
const needsJsonReport = process.env.PLAYWRIGHT_JSON_OUTPUT_FILE !== undefined;

/** Each spec starts separate services on free ports, so that specs can run in parallel. */
export default defineConfig({
	testDir: '.',
	outputDir: '../test-results',
	globalSetup: './support/build-service.ts',
	fullyParallel: true,
	forbidOnly: process.env.CI !== undefined,
	// A small machine can run two browsers with their services at the same time.
	workers: 2,
	timeout: 120_000,
	expect: { timeout: 30_000 },
	reporter: [['list'], ['./support/skip-reporter.ts'], ...(needsJsonReport ? [['json'] as const] : [])],
	use: {
		launchOptions: {
			...(executablePath !== undefined && { executablePath }),
			// The browser may load only the pages under test. Chromium's sandbox does not work for root.
			args: [
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
				'--disable-quic',
				'--no-first-run',
				// The specs serve foreign sites from this machine.
				'--host-resolver-rules=MAP *.example 127.0.0.1',
				...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
			],
		},
	},
});
