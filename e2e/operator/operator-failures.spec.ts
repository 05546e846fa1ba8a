import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { createApiKey } from '../support/command.ts';
import { onDesktop } from '../support/desktop-test.ts';
import { OccupiedPort } from '../support/occupied-port.ts';
import { expect, onEachHost, skipWithoutWindows, test } from '../support/operator-test.ts';
import { RunningService } from '../support/running-service.ts';

skipWithoutWindows();

test(
	onDesktop('the window names a port in use, and the operator changes it there'),
	async ({ launchDesktop, dataDir }) => {
		const foreign = await OccupiedPort.open();
		const settingsFile = join(dataDir, 'settings.json');
		await writeFile(settingsFile, JSON.stringify({ server: { port: foreign.port }, log: { level: 'info' } }));
		const app = await launchDesktop({ port: 'from settings', expectedErrors: /The service could not start/ });
		const page = await app.page();
		await expect(page.getByRole('alert')).toContainText(`Port ${foreign.port} cannot be used`);

		const field = page.getByLabel('New port');
		await field.fill('80');
		await page.getByRole('button', { name: 'Use this port and start' }).click();
		await expect(page.getByText('Enter a whole number from 1024 to 65535')).toBeVisible();
		const port = await findFreePort();
		await field.fill(String(port));
		await field.press('Enter');

		await expect(page.getByRole('main')).toContainText('Running since');
		expect(await app.url()).toBe(`ws://localhost:${port}`);
		expect(JSON.parse(await readFile(settingsFile, 'utf8'))).toEqual({ server: { port }, log: { level: 'info' } });
		await foreign.close();
	},
);

test(
	onDesktop('the window names a damaged settings.json, and the service starts once it is fixed'),
	async ({ launchDesktop, dataDir }) => {
		const path = join(dataDir, 'settings.json');
		await writeFile(path, '{"server":');
		const app = await launchDesktop({ expectedErrors: /The service could not start/ });
		const page = await app.page();
		const main = page.getByRole('main');
		await expect(main.getByRole('alert')).toContainText(path);
		await goTo(page, 'Settings');
		await expect(main.getByRole('alert').filter({ hasText: 'The settings cannot be read' })).toContainText(path);

		await writeFile(path, '{}');
		await page.getByRole('button', { name: 'Start the service' }).click();
		await expect(main.getByRole('alert')).toHaveCount(0);
		await expect(main.getByRole('switch', { name: 'Provide virtual readers' })).toBeVisible();
	},
);

test(
	onDesktop('the window names a damaged keys.json, and shows the keys once it is fixed'),
	async ({ launchDesktop, dataDir }) => {
		const path = join(dataDir, 'keys.json');
		await createApiKey(dataDir, '--name', 'Front desk');
		const whole = await readFile(path, 'utf8');
		await writeFile(path, whole.slice(0, -10));
		const app = await launchDesktop({ expectedErrors: /The service could not start/ });
		const page = await app.page();
		const main = page.getByRole('main');
		await goTo(page, 'API keys');
		await expect(main.getByRole('alert')).toContainText(path);
		await expect(main.getByText('No key yet')).toBeHidden();

		await writeFile(path, whole);
		await page.getByRole('button', { name: 'Start the service' }).click();
		await expect(main.getByRole('heading', { name: 'Front desk' })).toBeVisible();
	},
);

onEachHost(() => {
	test.describe('a window that crashes during a scan', () => {
		test.use({ operatorEnv: { FINGERPRINT_VIRTUAL_AUTO_TOUCH: 'false' }, expectedErrors: /The window crashed/ });

		test('leaves the service running and releases the reader', async ({ operator }) => {
			const { page, goTo, connect, dataDir } = operator;
			const client = await connect(await createApiKey(dataDir, '--test'));
			await client.ask({ type: 'subscribe', deviceId: 'device-001' }, 'subscribe:success');
			await goTo('Try a scan');
			await page.getByRole('button', { name: 'Start scan' }).click();
			await expect(page.getByText('The virtual reader waits for a touch')).toBeVisible();
			await crash(page);

			const startScan = () => client.ask({ type: 'scan:start', deviceId: 'device-001' }, 'scan:started', 'scan:error');
			await expect.poll(async () => (await startScan()).type).toBe('scan:started');
			await client.ask({ type: 'virtual:touch', deviceId: 'device-001' }, 'virtual:ok');
			expect(await client.next('scan:complete')).toMatchObject({ deviceId: 'device-001' });
		});
	});
});

test.describe('[console]', () => {
	test('a killed service is not shown as running, and the window reconnects to the next one', async ({
		page,
		dataDir,
	}) => {
		const first = await RunningService.start({ dataDir });
		const [, link = ''] = await first.waitForOutput(/^operator window.*: (\S+)$/m);
		await page.goto(link);
		const main = page.getByRole('main');
		await expect(main.getByText('Running', { exact: true })).toBeVisible();
		await first.stop('SIGKILL');
		await expect(main.getByText('Not connected')).toBeVisible();
		await expect(main.getByText('Running', { exact: true })).toBeHidden();
		await expect(main.getByRole('button', { name: 'Stop the service' })).toBeHidden();

		const second = await RunningService.start({ dataDir, port: first.port });
		await expect(main.getByText('Running', { exact: true })).toBeVisible();
		await expect(main.getByRole('alert')).toHaveCount(0);
		expect(await second.stop()).toEqual({ code: 0, signal: null });
	});
});

/** Returns a free port that any user may listen on. */
async function findFreePort(): Promise<number> {
	const foreign = await OccupiedPort.open();
	await foreign.close();
	return foreign.port;
}

async function goTo(page: Page, view: string): Promise<void> {
	await page.getByRole('navigation').getByRole('link', { name: view }).click();
}

/** Crashes the process of the page. The navigation that causes the crash never finishes. */
async function crash(page: Page): Promise<void> {
	const crashed = page.waitForEvent('crash');
	page.goto('chrome://crash').catch(() => {});
	await crashed;
}
