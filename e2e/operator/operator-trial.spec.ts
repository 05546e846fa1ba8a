import { expect, onEachHost, skipWithoutWindows, test } from '../support/operator-test.ts';

skipWithoutWindows();

onEachHost(() => {
	test('a trial scan shows the fingerprint with its minutiae, the quality and advice', async ({ operator }) => {
		const { page, goTo } = operator;
		await goTo('Try a scan');
		await page.getByRole('button', { name: 'Start scan' }).click();
		await expect(page.getByText('The virtual reader waits for a touch')).toBeVisible();
		await expect(page.getByRole('img', { name: /^Fingerprint of 300 by 375 pixels with \d+ minutiae$/ })).toBeVisible();
		await expect(page.getByRole('meter', { name: 'Quality' })).toHaveAttribute('aria-valuetext', /of 100/);
		await expect(page.getByText(/\d+ ridge endings/)).toBeVisible();
		await page.getByRole('switch', { name: 'Show minutiae' }).click();
		await page.getByRole('button', { name: 'Scan again' }).click();
		await expect(page.getByRole('img', { name: /^Fingerprint of/ })).toBeVisible();

		await goTo('Overview');
		await goTo('Try a scan');
		await expect(page.getByRole('img', { name: /^Fingerprint of/ })).toBeHidden();
	});

	test.describe('without automatic touches', () => {
		test.use({ operatorEnv: { FINGERPRINT_VIRTUAL_AUTO_TOUCH: 'false' } });

		test('a touch of low quality shows advice', async ({ operator: { page, goTo, admin } }) => {
			const client = await admin();
			await goTo('Try a scan');
			await page.getByRole('button', { name: 'Start scan' }).click();
			await expect(page.getByText('The virtual reader waits for a touch')).toBeVisible();
			await client.ask({ type: 'virtual:touch', deviceId: 'device-001', condition: 'dry' }, 'virtual:ok');
			await expect(page.getByText('The finger is very dry')).toBeVisible();
		});

		test('a scan can be stopped with the keyboard', async ({ operator: { page, goTo } }) => {
			await goTo('Try a scan');
			await page.getByRole('button', { name: 'Start scan' }).focus();
			await page.keyboard.press('Enter');
			await expect(page.getByText('The virtual reader waits for a touch')).toBeVisible();
			await page.getByRole('main').getByRole('button', { name: 'Stop', exact: true }).focus();
			await page.keyboard.press('Enter');
			await expect(page.getByText('Ready for a scan')).toBeVisible();
		});

		test('unplugging the reader ends the scan at once', async ({ operator: { page, goTo, admin } }) => {
			const client = await admin();
			await goTo('Try a scan');
			await page.getByRole('button', { name: 'Start scan' }).click();
			await expect(page.getByText('The virtual reader waits for a touch')).toBeVisible();
			await client.ask({ type: 'virtual:unplug', deviceId: 'device-001' }, 'virtual:ok');
			await expect(page.getByText('The reader was unplugged')).toBeVisible();
		});

		test('a reload during a scan releases the reader', async ({ operator: { page, goTo, admin } }) => {
			const client = await admin();
			await goTo('Try a scan');
			await page.getByRole('button', { name: 'Start scan' }).click();
			await expect(page.getByText('The virtual reader waits for a touch')).toBeVisible();
			await page.reload();
			await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
			await expect
				.poll(async () => (await client.ask({ type: 'devices:list' }, 'devices')).devices)
				.toMatchObject([{ status: 'idle' }, { status: 'idle' }]);
			await goTo('Try a scan');
			await page.getByRole('button', { name: 'Start scan' }).click();
			await expect(page.getByText('The virtual reader waits for a touch')).toBeVisible();
		});
	});
});
