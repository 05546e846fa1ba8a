import { once } from 'node:events';
import { WebSocket } from 'ws';
import { createApiKey } from '../support/command.ts';
import { expect, onEachHost, skipWithoutWindows, test } from '../support/operator-test.ts';

skipWithoutWindows();

const APP = 'https://app.example';

onEachHost(() => {
	test('a connected page is listed and can be disconnected', async ({ operator: { page, goTo, connect, dataDir } }) => {
		await goTo('Web pages');
		await expect(page.getByText('No page is connected')).toBeVisible();
		const client = await connect(await createApiKey(dataDir, '--test'));
		await client.ask({ type: 'subscribe', deviceId: 'device-001' }, 'subscribe:success');
		await page.getByRole('button', { name: /^Disconnect / }).click();
		await page.getByRole('dialog').getByRole('button', { name: 'Disconnect', exact: true }).click();
		expect(await client.waitForClose()).toMatchObject({ code: 1008 });
		await expect(page.getByText('No page is connected')).toBeVisible();
	});

	test('a new origin waits for a decision, which takes effect at once', async ({ operator }) => {
		const { page, goTo, url } = operator;
		const health = async () => {
			const response = await fetch(`${url.replace('ws', 'http')}/health`, { headers: { origin: APP } });
			return (await response.json()) as { status: string; origin?: string };
		};
		await once(new WebSocket(url, { origin: APP }), 'error');
		expect(await health()).toEqual({ status: 'running', origin: 'pending' });
		await goTo('Web pages');
		await page.getByRole('button', { name: `Allow ${APP}` }).click();
		await expect(page.getByRole('button', { name: `Forget the decision about ${APP}` })).toBeVisible();
		expect(await health()).toEqual({ status: 'running' });
		await page.getByRole('button', { name: `Forget the decision about ${APP}` }).click();
		await expect.poll(health).toEqual({ status: 'running', origin: 'pending' });
		await once(new WebSocket(url, { origin: APP }), 'error');
		await page.getByRole('button', { name: `Block ${APP}` }).click();
		await expect(page.getByText('Blocked', { exact: true })).toBeVisible();
		expect(await health()).toEqual({ status: 'running', origin: 'blocked' });
		await expect(page.getByText('Waiting for your decision')).toBeHidden();
	});
});
