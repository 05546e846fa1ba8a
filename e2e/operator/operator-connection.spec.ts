import type { Page } from '@playwright/test';
import { expect, onDesktop, skipOnRealElectron } from '../support/desktop-test.ts';
import { skipWithoutWindows, test } from '../support/operator-test.ts';
import { openWindowWithFeed } from '../support/window-feed.ts';

skipWithoutWindows();

/** Types a value in the settings, and goes to the overview without saving it. */
async function editAndLeave(page: Page): Promise<void> {
	await page.getByRole('link', { name: 'Settings' }).click();
	await page.getByRole('textbox', { name: 'Scans per minute' }).fill('17');
	await page.getByRole('link', { name: 'Overview' }).click();
	await expect(page.getByText('Running since')).toBeVisible();
}

async function expectNoClaims(page: Page): Promise<void> {
	await expect(page.getByText('The connection to the service is lost')).toBeVisible();
	await expect(page.getByText('Not connected').first()).toBeVisible();
	for (const claim of ['Running since', 'Ready', 'VIRTUAL-0001']) await expect(page.getByText(claim)).toHaveCount(0);
	for (const name of ['Stop the service', 'Restart']) await expect(page.getByRole('button', { name })).toHaveCount(0);
}

async function expectRecovery(page: Page): Promise<void> {
	await expect(page.getByText('Running since')).toBeVisible();
	await expect(page.getByText('The connection to the service is lost')).toHaveCount(0);
	await page.getByRole('link', { name: 'Settings' }).click();
	await expect(page.getByRole('textbox', { name: 'Scans per minute' })).toHaveValue('17');
	await page.getByRole('button', { name: 'Save changes' }).click();
	await expect(page.getByText('Settings saved')).toBeVisible();
}

test('a window whose service hangs makes no claims, and recovers with its unsaved edits [console]', async ({
	page,
	context,
	service,
	dataDir,
}) => {
	const feed = await openWindowWithFeed(page, context, service, dataDir);
	await editAndLeave(page);
	feed.isAnswering = false;
	await expectNoClaims(page);
	feed.isAnswering = true;
	await expectRecovery(page);
});

test(
	onDesktop('a window whose main process hangs makes no claims, and recovers with its unsaved edits'),
	async ({ launchDesktop }) => {
		skipOnRealElectron();
		test.skip(process.platform === 'win32', 'a process on Windows cannot be suspended with a signal');
		const app = await launchDesktop();
		const page = await app.page();
		await editAndLeave(page);
		process.kill(app.program.pid, 'SIGSTOP');
		await expectNoClaims(page);
		process.kill(app.program.pid, 'SIGCONT');
		await expectRecovery(page);
	},
);
