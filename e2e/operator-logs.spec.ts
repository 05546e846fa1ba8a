import { expect, onEachHost, skipWithoutWindows, test } from './support/operator-test.ts';

skipWithoutWindows();

onEachHost(() => {
	test('the log shows what happens, live, and can be searched', async ({ operator: { page, goTo, admin } }) => {
		await goTo('Logs');
		await expect(page.getByText('Service is running').first()).toBeVisible();
		const client = await admin();
		await client.ask({ type: 'virtual:unplug', deviceId: 'device-002' }, 'virtual:ok');
		await expect(page.getByText('Reader disconnected')).toBeVisible();
		await page.getByRole('searchbox', { name: 'Search' }).fill('reader DISCONNECTED');
		await expect(page.getByText(/^1 of \d+ lines$/)).toBeVisible();
		await expect(page.getByText('Service is running')).toBeHidden();
		await page.getByRole('combobox', { name: 'Show' }).selectOption({ label: 'Errors only' });
		await expect(page.getByText('No line matches')).toBeVisible();
		await page.getByRole('button', { name: 'Show all lines' }).click();
		await expect(page.getByText('Service is running').first()).toBeVisible();
	});

	test('a paused log counts what comes meanwhile', async ({ operator: { page, goTo, admin } }) => {
		const client = await admin();
		await goTo('Logs');
		await page.getByRole('button', { name: 'Pause' }).click();
		await client.ask({ type: 'virtual:unplug', deviceId: 'device-002' }, 'virtual:ok');
		await expect(page.getByRole('button', { name: /^\d+ new lines?$/ })).toBeVisible();
		await expect(page.getByText('Reader disconnected')).toBeHidden();
		await page.getByRole('button', { name: /^\d+ new lines?$/ }).click();
		await expect(page.getByText('Reader disconnected')).toBeVisible();
	});
});
