import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { createApiKey } from '../support/command.ts';
import { expect, onEachHost, skipWithoutWindows, test } from '../support/operator-test.ts';

skipWithoutWindows();

const VIEWS = ['Overview', 'Try a scan', 'API keys', 'Web pages', 'Logs', 'Settings', 'About'];

/** Returns the accessibility violations that axe finds, one line each. */
async function violations(page: Page): Promise<string[]> {
	const result = await new AxeBuilder({ page }).setLegacyMode().analyze();
	return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** Returns whether the page fits without horizontal scrolling. */
function fitsInWidth(page: Page): Promise<boolean> {
	return page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth');
}

onEachHost(() => {
	for (const colorScheme of ['light', 'dark'] as const) {
		test(`no view has an accessibility violation, ${colorScheme}`, async ({ operator }) => {
			const { page, goTo, connect, dataDir } = operator;
			await connect(await createApiKey(dataDir, '--test'));
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			for (const view of VIEWS) {
				await goTo(view);
				if (view === 'Try a scan') {
					await page.getByRole('button', { name: 'Start scan' }).click();
					await expect(page.getByRole('img', { name: /^Fingerprint of/ })).toBeVisible();
				}
				expect(await violations(page), view).toEqual([]);
			}
			await goTo('API keys');
			await page.getByRole('button', { name: 'New key' }).click();
			expect(await violations(page), 'new key').toEqual([]);
		});
	}

	test('every view can be opened with the keyboard', async ({ operator: { page } }) => {
		// The window starts with the overview.
		for (const view of [...VIEWS.slice(1), 'Overview']) {
			await page.getByRole('navigation').getByRole('link', { name: view }).focus();
			await page.keyboard.press('Enter');
			await expect(page.getByRole('heading', { level: 1, name: view, exact: true })).toBeFocused();
			await expect(page).toHaveTitle(new RegExp(`^${view}`));
		}
	});

	test('the first Tab focuses the button that skips the navigation', async ({ operator: { page } }) => {
		await expect(page.getByText('VIRTUAL-0001')).toBeVisible();
		await page.evaluate('document.activeElement.blur()');
		await page.keyboard.press('Tab');
		await expect(page.getByRole('button', { name: 'Skip to content' })).toBeFocused();
		await page.keyboard.press('Enter');
		await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
	});

	test('a button that disappears or changes on a press leaves the focus in the view', async ({ operator }) => {
		const { page, goTo } = operator;
		const main = page.getByRole('main');
		const stop = main.getByRole('button', { name: 'Stop the service' });
		await stop.press('Enter');
		await expect(main.getByRole('button', { name: 'Start the service' })).toBeFocused();
		await page.keyboard.press('Enter');
		await expect(stop).toBeFocused();
		const restart = main.getByRole('button', { name: 'Restart' });
		await restart.press('Enter');
		await expect(restart).toHaveAttribute('aria-disabled', 'false');
		await expect(restart).toBeFocused();
		await stop.press('Enter');
		await goTo('Settings');
		await main.getByRole('button', { name: 'Start the service' }).press('Enter');
		await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
	});

	test('every view fits a narrow window and 200 % zoom', async ({ operator: { page, goTo } }) => {
		for (const size of [
			{ width: 480, height: 640 },
			// 200 % of 960 x 640.
			{ width: 480, height: 320 },
		]) {
			await page.setViewportSize(size);
			for (const view of VIEWS) {
				await goTo(view);
				expect(await fitsInWidth(page), `${view} at ${size.width} x ${size.height}`).toBe(true);
			}
		}
	});
});
