import { readFile } from 'node:fs/promises';
import type { OperatorEvent, ReaderView } from '../../src/operator/contract.ts';
import { LANGUAGES } from '../../src/protocol/languages.ts';
import { LOG_LEVELS } from '../../src/protocol/log-levels.ts';
import { runCommand } from '../support/command.ts';
import { expect, skipWithoutWindows, test } from '../support/operator-test.ts';
import { openWindowWithFeed } from '../support/window-feed.ts';

skipWithoutWindows();

const ROUTES = ['overview', 'trial', 'keys', 'origins', 'logs', 'settings', 'about'];
const WIDTHS = [480, 960];

/** A script for the page. */
const LAYOUT_FAULTS = new URL('layout-faults.js', import.meta.url);

/** A script for the page: the places of the links, and the size of the page. */
const NAVIGATION_PLACES = `[
	document.documentElement.scrollWidth,
	document.documentElement.scrollHeight,
	...[...document.querySelectorAll('.navigation a, .navigation-text')].map((element) => {
		const { x, y, width, height } = element.getBoundingClientRect();
		return { x, y, width, height };
	}),
]`;

const READER: ReaderView = {
	id: 'device-012',
	model: 'Virtual SLK20R',
	serialNumber: 'VIRTUAL-0012',
	firmwareVersion: '1.0',
	driver: 'virtual',
	isVirtual: true,
	status: 'idle',
};

/** A state with long texts and a line of each log level. */
const CROWDED: readonly OperatorEvent[] = [
	{ topic: 'readers', value: [READER] },
	{
		topic: 'origins',
		value: {
			pending: Array.from({ length: 12 }, (_, i) => ({
				origin: `https://branch-${i}.a-long-subdomain.example:8443`,
				lastSeenAt: 0,
				attempts: 2,
			})),
			allowed: ['https://allowed.a-long-subdomain.example:8443'],
			blocked: ['https://blocked.a-long-subdomain.example:8443'],
		},
	},
	{
		topic: 'log',
		value: LOG_LEVELS.map((level, i) => ({
			sequence: 1_000_000 + i,
			timestamp: '2026-01-01T23:59:59.000Z',
			level,
			name: 'FingerprintServer',
			message: `Something happened that takes more than one line to describe: ${'details '.repeat(20)}`,
		})),
	},
];

for (const language of LANGUAGES.map(({ code }) => code)) {
	test.describe(`in the language ${language} [console]`, () => {
		test.use({ serviceEnv: { FINGERPRINT_WINDOW_LANGUAGE: language } });

		test('no view has texts that overlap or are cut off', async ({ page, context, service, dataDir }) => {
			const layoutFaults = await readFile(LAYOUT_FAULTS, 'utf8');
			await runCommand(['keys', 'create', '--name', 'Front desk'], { dataDir });
			const feed = await openWindowWithFeed(page, context, service, dataDir);
			await expect(page.locator('html')).toHaveAttribute('lang', language);
			for (const event of CROWDED) feed.emit(event);
			for (const width of WIDTHS) {
				await page.setViewportSize({ width, height: 700 });
				for (const route of ROUTES) {
					await page.evaluate(`location.hash = '#/${route}'`);
					await expect(page.locator(`.content-${route} h1`)).toBeVisible();
					expect.soft(await page.evaluate(layoutFaults), `${route} at ${width}`).toEqual([]);
				}
			}
		});

		test('the navigation stays in place when a badge appears', async ({ page, context, service, dataDir }) => {
			const feed = await openWindowWithFeed(page, context, service, dataDir);
			await expect(page.locator('html')).toHaveAttribute('lang', language);
			await expect(page.locator('.navigation a').first()).toBeVisible();
			for (const width of [330, ...WIDTHS]) {
				for (const height of [220, 640]) {
					await page.setViewportSize({ width, height });
					feed.emit({ topic: 'origins', value: { pending: [], allowed: [], blocked: [] } });
					await expect(page.locator('.navigation-count')).toHaveCount(0);
					const before = await page.evaluate(NAVIGATION_PLACES);
					for (const event of CROWDED) feed.emit(event);
					await expect(page.locator('.navigation-count')).toHaveCount(1);
					expect(await page.evaluate(NAVIGATION_PLACES), `${width} x ${height}`).toEqual(before);
				}
			}
		});
	});
}
