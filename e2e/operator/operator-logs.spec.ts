import { runCommand } from '../support/command.ts';
import { expect, onEachHost, skipWithoutWindows, test } from '../support/operator-test.ts';

skipWithoutWindows();

onEachHost(() => {
	test('the log is live and can be searched', async ({ operator: { page, goTo, admin } }) => {
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

	test('a paused log counts new lines', async ({ operator: { page, goTo, admin } }) => {
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

test('fifty thousand lines can be shown, searched and scrolled [console]', async ({
	page,
	context,
	service,
	dataDir,
}) => {
	let feed: (text: string) => void = () => {};
	await context.routeWebSocket(/\/console\/socket$/, (socket) => {
		const server = socket.connectToServer();
		feed = (text) => socket.send(text);
		server.onMessage((text) => socket.send(text));
	});
	const { stdout } = await runCommand(['console', '--port', String(service.port)], { dataDir });
	await page.goto(stdout.trim());
	await page.getByRole('link', { name: 'Logs' }).click();
	await expect(page.getByText('Service is running').first()).toBeVisible();
	for (let first = 1; first <= 50_000; first += 1_000) feed(linesFrom(first, 1_000));

	const list = page.getByRole('listbox', { name: /^Log lines/ });
	await expect(list.getByText('made up 50000')).toBeVisible();
	expect(await list.getByRole('option').count()).toBeLessThan(100);
	await page.getByRole('searchbox', { name: 'Search' }).fill('made up 4321');
	await expect(page.getByText(/^11 of 50,000 lines$/)).toBeVisible();
	await page.getByRole('searchbox', { name: 'Search' }).fill('');
	await list.focus();
	await page.keyboard.press('Home');
	await expect(list.getByText('made up 1', { exact: true })).toBeVisible();
});

/** Returns an operator message with `count` log lines. */
function linesFrom(first: number, count: number): string {
	const value = Array.from({ length: count }, (_, index) => ({
		sequence: 1_000_000 + first + index,
		timestamp: '2026-01-01T00:00:00.000Z',
		level: 'info',
		name: 'Test',
		message: `made up ${first + index}`,
	}));
	return JSON.stringify({ type: 'event', event: { topic: 'log', value } });
}
