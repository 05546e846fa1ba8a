import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { findOnPath } from '../../src/devices/testing/find-on-path.ts';

/** The reason for skipping tests when `findBrowser` finds nothing. */
export const NO_BROWSER = 'no Chromium or Chrome found: install one, or run `npx playwright install chromium`';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** Returns the path of the Chromium that Playwright has installed, otherwise of one on the PATH. */
export function findBrowser(): string | undefined {
	const own = chromium.executablePath();
	if (existsSync(own)) return own;
	return findOnPath(COMMANDS)[0];
}
