import type { Frame, Page } from '@playwright/test';
import { findBrowser, NO_BROWSER } from '../support/find-browser.ts';
import { RunningService } from '../support/running-service.ts';
import { expect, test as serviceTest } from '../support/service-test.ts';
import { Site } from '../support/site.ts';

/** Resolves to this machine in the browser of the tests. */
const FOREIGN_HOST = 'evil.example';

const test = serviceTest.extend<{ site: Site }>({
	// biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures off this pattern
	site: async ({}, use) => {
		const site = await Site.open('<!doctype html><title>An application</title>');
		await use(site);
		await site.close();
	},
});

test.skip(findBrowser() === undefined, NO_BROWSER);

for (const host of ['localhost', '127.0.0.1']) {
	test(`a page of ${host} may connect and read /health`, async ({ page, service, site }) => {
		await page.goto(`http://${host}:${site.port}/`);
		expect(await connectFrom(page, service.url)).toBe('open');
		expect(await healthFrom(page, service.httpUrl)).toBe('{"status":"running"}');
	});
}

test('a page of a foreign origin may not connect and learns from /health that the operator must decide', async ({
	page,
	service,
	site,
}) => {
	await page.goto(`http://${FOREIGN_HOST}:${site.port}/`);
	expect(await connectFrom(page, service.url)).toBe('refused');
	expect(service.log).toContain(`Origin http://${FOREIGN_HOST}:${site.port} is not allowed`);
	expect(await healthFrom(page, service.httpUrl)).toBe('{"status":"running","origin":"pending"}');
});

test('a page of a foreign origin may connect once the operator allows it', async ({ page, dataDir, site }) => {
	const origin = `http://${FOREIGN_HOST}:${site.port}`;
	const env = { FINGERPRINT_SERVER_ALLOWED_ORIGINS: origin };
	const service = await RunningService.start({ dataDir, env });
	await page.goto(origin);
	expect(await connectFrom(page, service.url)).toBe('open');
	expect(await healthFrom(page, service.httpUrl)).toBe('{"status":"running"}');
	await service.stop();
});

test('a foreign host name that resolves to this machine is refused', async ({ page, service, site }) => {
	await page.goto(`http://localhost:${site.port}/`);
	expect(await connectFrom(page, `ws://${FOREIGN_HOST}:${service.port}`)).toBe('refused');
	const response = await page.goto(`http://${FOREIGN_HOST}:${service.port}/`);
	expect(response?.status()).toBe(403);
});

test('a sandboxed frame, whose origin is null, is refused', async ({ page, service, site }) => {
	await page.goto(`http://localhost:${site.port}/`);
	await page.setContent('<iframe sandbox="allow-scripts" srcdoc="<title>sandboxed</title>"></iframe>');
	const frame = page.frames()[1];
	if (frame === undefined) throw new Error('The frame is missing');
	expect(await frame.evaluate('origin')).toBe('null');
	expect(await connectFrom(frame, service.url)).toBe('refused');
	expect(service.log).toContain('Origin null is not allowed');
	expect(await healthFrom(frame, service.httpUrl)).toBe('refused');
});

/** Returns whether a WebSocket opens from a page or frame. */
function connectFrom(page: Page | Frame, url: string): Promise<string> {
	return page.evaluate(
		(address) =>
			new Promise<string>((resolve) => {
				const socket = new WebSocket(address);
				socket.addEventListener('open', () => resolve('open'));
				socket.addEventListener('error', () => resolve('refused'));
			}),
		url,
	);
}

/** Returns what a script of the page reads from `/health`. */
function healthFrom(page: Page | Frame, url: string): Promise<string> {
	return page.evaluate(
		(address) =>
			fetch(`${address}/health`).then(
				(response) => response.text(),
				() => 'refused',
			),
		url,
	);
}
