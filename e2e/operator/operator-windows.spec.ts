import { runCommand } from '../support/command.ts';
import { expect, onEachHost, skipWithoutWindows, test } from '../support/operator-test.ts';
import { RunningService } from '../support/running-service.ts';

skipWithoutWindows();

onEachHost(() => {
	test('a reload restores the window', async ({ operator: { page } }) => {
		await page.reload();
		await expect(page.getByText('VIRTUAL-0001')).toBeVisible();
	});
});

test.describe('[console]', () => {
	/** Returns a new link for another window. */
	async function freshLink(service: RunningService, dataDir: string): Promise<string> {
		const { stdout } = await runCommand(['console', '--port', String(service.port)], { dataDir });
		return stdout.trim();
	}

	test('two windows show the same state', async ({ operator, context }) => {
		const { page, goTo, url, dataDir } = operator;
		const port = new URL(url).port;
		const { stdout } = await runCommand(['console', '--port', port], { dataDir });
		const other = await context.newPage();
		await other.goto(stdout.trim());
		await expect(other.getByText('VIRTUAL-0001')).toBeVisible();
		await goTo('Overview');
		await other.getByRole('main').getByRole('button', { name: 'Stop the service' }).click();
		await expect(page.getByText('Web pages cannot scan fingers until it runs again.').first()).toBeVisible();
	});

	test('a link works once, and a second use asks for a token', async ({ page, context, service, dataDir }) => {
		const link = await freshLink(service, dataDir);
		await page.goto(link);
		await expect(page.getByText('VIRTUAL-0001')).toBeVisible();
		expect(page.url()).not.toContain(new URL(link).hash.slice(1));

		const stranger = await context.browser()?.newPage();
		if (stranger === undefined) throw new Error('no browser');
		await stranger.goto(link);
		await expect(stranger.getByText('This link was already used, or it has expired')).toBeVisible();
		const { stdout } = await runCommand(['admin-token'], { dataDir });
		await stranger.getByLabel('Admin token').fill(stdout.trim());
		await stranger.getByRole('button', { name: 'Sign in' }).click();
		await expect(stranger.getByText('VIRTUAL-0001')).toBeVisible();
		await stranger.close();
	});

	test('a window reconnects to a restarted service', async ({ page, dataDir }) => {
		const first = await RunningService.start({ dataDir });
		await page.goto(await freshLink(first, dataDir));
		await expect(page.getByText('VIRTUAL-0001')).toBeVisible();
		await first.stop();
		await expect(page.getByText('The connection to the service is lost')).toBeVisible();
		const second = await RunningService.start({ dataDir, port: first.port });
		await expect(page.getByText('The connection to the service is lost')).toBeHidden();
		await expect(page.getByText('VIRTUAL-0001')).toBeVisible();
		await second.stop();
	});
});
