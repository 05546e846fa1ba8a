import { decode } from 'fast-png';
import { expect, type Operator, onEachHost, skipWithoutWindows, test } from '../support/operator-test.ts';
import { Site } from '../support/site.ts';

skipWithoutWindows();

/** Creates a key in the window. @returns the key, which is shown only once */
async function createKey({ page, goTo }: Operator, name: string): Promise<string> {
	await goTo('API keys');
	await page.getByRole('button', { name: 'Create the first key' }).click();
	await page.getByRole('textbox', { name: 'Name' }).fill(name);
	await page.getByRole('radio', { name: 'Test' }).check();
	await page.getByRole('button', { name: 'Create key' }).click();
	return shownKey(page);
}

async function shownKey(page: Operator['page']): Promise<string> {
	const shown = page.getByRole('dialog').getByText(/^ak_(?:live|test)_\w{32}$/);
	return (await shown.textContent()) ?? '';
}

onEachHost(() => {
	test('a key created in the window works at once, and a revoked key stops at once', async ({ operator }) => {
		const { page, connect } = operator;
		const key = await createKey(operator, 'Front desk');
		const client = await connect(key);
		expect(await client.next('device:connected')).toMatchObject({ device: { id: 'device-001' } });
		await page.getByRole('button', { name: 'I have copied it' }).click();
		await expect(page.locator('body')).not.toContainText(key);

		await page.getByRole('button', { name: 'Revoke Front desk' }).click();
		await expect(page.getByRole('dialog')).toContainText('1 page is connected with it now');
		await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
		expect(await client.waitForClose()).toMatchObject({ code: 4002 });
		await expect(page.getByText('1 revoked or expired key')).toBeVisible();
	});

	test('a key receives images once the operator grants them', async ({ operator }) => {
		const { page, connect, goTo } = operator;
		await goTo('API keys');
		await page.getByRole('button', { name: 'Create the first key' }).click();
		await page.getByRole('textbox', { name: 'Name' }).fill('Registration');
		await page.getByRole('checkbox', { name: 'receive images' }).check();
		await page.getByRole('button', { name: 'Create key' }).click();
		const client = await connect(await shownKey(page));
		await client.next('device:connected');
		client.send({ type: 'scan:start', deviceId: 'device-001', options: { image: true } });
		const { image, width, height } = await client.next('scan:complete');
		const png = decode(Buffer.from(String(image), 'base64'));
		expect(png).toMatchObject({ width, height, channels: 1, depth: 8 });
	});

	test('the example page of a new key scans with it', async ({ operator, browser }) => {
		const key = await createKey(operator, 'Snippet');
		const snippet = await operator.page.getByRole('textbox', { name: 'Example page' }).inputValue();
		expect(snippet).toContain(key);
		expect(snippet).toContain(operator.url);

		const site = await Site.open(snippet);
		const visitor = await browser.newPage();
		await visitor.goto(`http://localhost:${site.port}/`);
		await visitor.getByRole('button').click();
		await expect(visitor.getByRole('status')).toContainText(/^Done, quality \d+$/);
		await visitor.close();
		await site.close();
	});

	test('a rotated key is shown once, and the old one is refused', async ({ operator }) => {
		const { page, connect } = operator;
		const old = await createKey(operator, 'Gym');
		await page.getByRole('button', { name: 'I have copied it' }).click();
		const client = await connect(old);
		await page.getByRole('button', { name: 'Rotate Gym' }).click();
		await page.getByRole('dialog').getByRole('button', { name: 'Rotate', exact: true }).click();
		expect(await client.waitForClose()).toMatchObject({ code: 4002 });
		const rotated = await shownKey(page);
		expect(rotated).not.toBe(old);
		await connect(rotated);
	});

	test('a key can be created with the keyboard, and Escape does not close the dialog with the key', async ({
		operator,
	}) => {
		const { page, goTo } = operator;
		await goTo('API keys');
		await page.getByRole('button', { name: 'Create the first key' }).focus();
		await page.keyboard.press('Enter');
		await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
		await page.keyboard.type('Keyboard');
		await page.keyboard.press('Enter');
		await shownKey(page);
		await page.keyboard.press('Escape');
		await page.getByRole('button', { name: 'I have copied it' }).focus();
		await page.keyboard.press('Enter');
		await expect(page.getByRole('dialog')).toBeHidden();
		await expect(page.getByRole('button', { name: 'Revoke Keyboard' })).toBeVisible();
	});

	test('a key without a name is refused at its field', async ({ operator: { page, goTo } }) => {
		await goTo('API keys');
		await page.getByRole('button', { name: 'Create the first key' }).click();
		await page.getByRole('button', { name: 'Create key' }).click();
		await expect(page.getByRole('textbox', { name: 'Name' })).toHaveAccessibleDescription(/Enter a name/);
		await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
	});
});
