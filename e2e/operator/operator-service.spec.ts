import { createApiKey } from '../support/command.ts';
import { expect, onEachHost, skipWithoutWindows, test } from '../support/operator-test.ts';

skipWithoutWindows();

onEachHost(() => {
	test('the service can be stopped and started while a page is connected', async ({ operator }) => {
		const { page, goTo, connect, dataDir } = operator;
		const client = await connect(await createApiKey(dataDir, '--test'));
		const main = page.getByRole('main');
		await goTo('Overview');
		await main.getByRole('button', { name: 'Stop the service' }).click();
		await expect(page.getByRole('dialog')).toContainText('1 page or program is connected and will be disconnected.');
		await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
		await expect(page.getByRole('dialog')).toHaveCount(0);
		expect(await client.next('service:status')).toMatchObject({ status: 'running' });
		expect(await client.next('service:status')).toMatchObject({ status: 'stopping' });
		expect(await client.waitForClose()).toMatchObject({ code: 1001 });
		await expect(main).toContainText('Web pages cannot scan fingers until it runs again.');
		await main.getByRole('button', { name: 'Start the service' }).first().click();
		await expect(main).toContainText('Running since');
		await expect(main).toContainText('VIRTUAL-0001');
	});

	test('the window shows when a reader is unplugged and plugged in', async ({ operator: { page, goTo, admin } }) => {
		await goTo('Overview');
		await expect(page.getByText('VIRTUAL-0002')).toBeVisible();
		const client = await admin();
		await client.ask({ type: 'virtual:unplug', deviceId: 'device-002' }, 'virtual:ok');
		await expect(page.getByText('VIRTUAL-0002')).toBeHidden();
		await client.ask({ type: 'virtual:plug', deviceId: 'device-002' }, 'virtual:ok');
		await expect(page.getByText('VIRTUAL-0002')).toBeVisible();
	});

	test.describe('a reader out of order', () => {
		test.use({ expectedErrors: /Reader does not work/ });

		test('is shown with the remedy', async ({ operator: { page, goTo, admin } }) => {
			await goTo('Overview');
			const client = await admin();
			await client.ask({ type: 'virtual:fault', deviceId: 'device-001', code: 1005 }, 'virtual:ok');
			await expect(page.getByText('Out of order')).toBeVisible();
			await expect(page.getByText('The reader does not answer')).toBeVisible();
		});
	});

	test('without a reader the window offers to turn on the virtual readers', async ({ operator: { page, goTo } }) => {
		await goTo('Settings');
		await page.getByRole('switch', { name: 'Provide virtual readers' }).click();
		await page.getByRole('button', { name: 'Save changes' }).click();
		await page.getByRole('button', { name: 'Restart' }).first().click();
		await goTo('Overview');
		await expect(page.getByText('No reader yet')).toBeVisible();
		await page.getByRole('button', { name: 'Try the virtual reader' }).click();
		await expect(page.getByText('VIRTUAL-0001')).toBeVisible();
	});
});
