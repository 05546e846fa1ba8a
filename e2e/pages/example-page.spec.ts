import { findBrowser, NO_BROWSER } from '../support/find-browser.ts';
import { ISO_TEMPLATE } from '../support/iso-template.ts';
import { RunningService } from '../support/running-service.ts';
import { expect, test } from '../support/service-test.ts';

test.skip(findBrowser() === undefined, NO_BROWSER);

test('a new user follows the printed link, presses the button and sees a template', async ({ page, dataDir }) => {
	const service = await RunningService.start({ dataDir, args: ['--quick-start'] });
	const faults: string[] = [];
	page.on('pageerror', ({ message }) => faults.push(message));
	page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));

	const [link] = await service.waitForOutput(/http:\/\/localhost:\d+\/#ak_test_\w{32}\b/);
	await page.goto(link);
	const button = page.getByRole('button', { name: 'Scan' });
	// A double click must start one scan only.
	await button.dblclick();

	const log = page.getByRole('log');
	await expect(log).toContainText('scan:complete');
	await expect(log.getByText('auth:success')).toHaveCount(1);
	await expect(button).toBeEnabled();
	const [, template] = /"template":"([^"]+)"/.exec((await log.textContent()) ?? '') ?? [];
	expect(template).toMatch(ISO_TEMPLATE);
	await page.screenshot({ path: test.info().outputPath('scanned.png'), fullPage: true });
	expect(faults).toEqual([]);
	expect(await service.stop()).toEqual({ code: 0, signal: null });
	expect(service.unexpectedLines).toEqual([]);
});

test('the page reports an invalid key', async ({ page, service }) => {
	await page.goto(`${service.httpUrl}/#ak_test_wrong`);
	await page.getByRole('button', { name: 'Scan' }).click();
	await expect(page.getByRole('log')).toContainText('auth:error');
	await expect(page.getByRole('log')).toContainText('closed 4001');
});
