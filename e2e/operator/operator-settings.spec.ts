import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { runCommand } from '../support/command.ts';
import { expect, onEachHost, skipWithoutWindows, test } from '../support/operator-test.ts';

skipWithoutWindows();

onEachHost(() => {
	test('shows a wrong value at its field and saves nothing', async ({ operator: { page, goTo, dataDir } }) => {
		await goTo('Settings');
		const field = page.getByRole('textbox', { name: 'Scans per minute' });
		await field.fill('0');
		await page.getByRole('button', { name: 'Save changes' }).click();
		await expect(field).toHaveAccessibleDescription(/1.*6[.,]?000/);
		await expect(field).toHaveAttribute('aria-invalid', 'true');
		await expect(readFile(join(dataDir, 'settings.json'))).rejects.toThrow();
	});

	test('saves a changed setting, which takes effect after a restart', async ({ operator: { page, goTo, dataDir } }) => {
		await goTo('Settings');
		await page.getByRole('textbox', { name: 'Scans per minute' }).fill('20');
		await page.getByRole('button', { name: 'Save changes' }).click();
		await expect(page.getByText('1 changed setting takes effect after a restart')).toBeVisible();
		expect(JSON.parse(await readFile(join(dataDir, 'settings.json'), 'utf8'))).toMatchObject({
			scans: { perMinute: 20 },
		});
		await page.getByRole('button', { name: 'Restart' }).first().click();
		await expect(page.getByText('1 changed setting takes effect after a restart')).toBeHidden();
	});

	test('switches to Indonesian and to dark colours immediately', async ({ operator: { page, goTo } }) => {
		await goTo('Settings');
		await page.getByRole('combobox', { name: 'Language' }).selectOption({ label: 'Bahasa Indonesia' });
		await page.getByRole('combobox', { name: 'Appearance' }).selectOption({ label: 'Dark' });
		await page.getByRole('button', { name: 'Save changes' }).click();
		await expect(page.getByRole('heading', { level: 1, name: 'Setelan' })).toBeVisible();
		await expect(page.locator('html')).toHaveAttribute('lang', 'id');
		await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
	});

	test.describe('with a setting from the environment', () => {
		test.use({ operatorEnv: { FINGERPRINT_SCANS_PER_MINUTE: '7' } });

		test('disables the setting and names the variable', async ({ operator: { page, goTo } }) => {
			await goTo('Settings');
			await expect(page.getByRole('textbox', { name: 'Scans per minute' })).toBeDisabled();
			await expect(page.getByText('FINGERPRINT_SCANS_PER_MINUTE')).toBeVisible();
		});
	});
});

test('two windows see the changes of each other, and neither overwrites them without asking [console]', async ({
	operator: { page, goTo, url, dataDir },
	context,
}) => {
	const { stdout } = await runCommand(['console', '--port', new URL(url).port], { dataDir });
	const other = await context.newPage();
	await other.goto(stdout.trim());
	await other.getByRole('link', { name: 'Settings' }).click();
	await goTo('Settings');
	const fieldIn = (window: Page) => window.getByRole('textbox', { name: 'Scans per minute' });
	const saveIn = (window: Page) => window.getByRole('button', { name: 'Save changes' }).click();

	await fieldIn(other).fill('20');
	await saveIn(other);
	await expect(fieldIn(page)).toHaveValue('20');

	await fieldIn(page).fill('30');
	await fieldIn(other).fill('40');
	await saveIn(other);
	await expect(page.getByText('Meanwhile this was changed elsewhere to 40')).toBeVisible();
	await saveIn(page);
	await expect(fieldIn(page)).toHaveAccessibleDescription(/Choose which value to keep/);
	await expect(fieldIn(page)).toBeFocused();
	await expect(fieldIn(other)).toHaveValue('40');
	await page.getByRole('button', { name: 'Keep my entry for Scans per minute' }).click();
	await saveIn(page);
	await expect(fieldIn(other)).toHaveValue('30');
	expect(JSON.parse(await readFile(join(dataDir, 'settings.json'), 'utf8'))).toEqual({ scans: { perMinute: 30 } });
});
