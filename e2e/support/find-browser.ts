import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { findOnPath } from '../../src/devices/testing/find-on-path.ts';

/** Why tests are skipped where `findBrowser` finds nothing. */
export const NO_BROWSER = 'no Chromium or Chrome here: install one, or run `npx playwright install chromium`';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** The path of a Chromium: the one Playwright installed, else one of this machine. */
export function findBrowser(): string | undefined {
	const own = chromium.executablePath();
	if (existsSync(own)) return own;
	return findOnPath(COMMANDS)[0];
}
