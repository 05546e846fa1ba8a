import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import WebSocket from 'ws';
import type { DesktopApp } from '../support/desktop-app.ts';
import { expect, onDesktop, skipWithoutControl, test } from '../support/desktop-test.ts';

skipWithoutControl();

const [SHOP, BANK] = ['https://shop.example', 'https://bank.example'];

test(
	onDesktop('a new origin is asked about; once allowed it may connect, now and after a restart'),
	async ({ launchDesktop, dataDir }) => {
		const app = await launchDesktop({ args: ['--hidden'] });
		expect(await connectFrom(SHOP, app)).toBe(403);
		await expect
			.poll(() => dialogs(app))
			.toMatchObject([
				{
					message: `Allow ${SHOP} to use the fingerprint readers?`,
					buttons: ['Allow', 'Block', 'Not now'],
					defaultId: 2,
					windowId: null,
				},
			]);
		await app.control.ask('answerDialog', 'Allow');
		await expect.poll(() => connectFrom(SHOP, app)).toBe('open');
		expect(await dialogs(app)).toEqual([]);
		await app.stop();

		expect(await readFile(join(dataDir, 'settings.json'), 'utf8')).toContain(SHOP);
		const next = await launchDesktop({ args: ['--hidden'] });
		expect(await connectFrom(SHOP, next)).toBe('open');
	},
);

test(onDesktop('a blocked origin stays out and is not asked about again'), async ({ launchDesktop, dataDir }) => {
	const app = await launchDesktop({ args: ['--hidden'] });
	await connectFrom(SHOP, app);
	await expect.poll(() => dialogs(app)).toHaveLength(1);
	await app.control.ask('answerDialog', 'Block');
	await expect.poll(() => readFile(join(dataDir, 'settings.json'), 'utf8').catch(() => '')).toContain(SHOP);
	await app.stop();

	const next = await launchDesktop({ args: ['--hidden'] });
	expect(await connectFrom(SHOP, next)).toBe(403);
	expect(await connectFrom(BANK, next)).toBe(403);
	await expect.poll(() => dialogs(next)).toMatchObject([{ message: expect.stringContaining(BANK) }]);
});

test(onDesktop('questions come one at a time, and not again after "not now"'), async ({ launchDesktop }) => {
	const app = await launchDesktop({ args: ['--hidden'] });
	await connectFrom(SHOP, app);
	await expect.poll(() => dialogs(app)).toMatchObject([{ message: expect.stringContaining(SHOP) }]);
	await connectFrom(BANK, app);
	await connectFrom(SHOP, app);
	expect(await dialogs(app)).toHaveLength(1);
	await app.control.ask('answerDialog', 'Not now');
	await expect.poll(() => dialogs(app)).toMatchObject([{ message: expect.stringContaining(BANK) }]);
	await app.control.ask('answerDialog', 'Not now');
	expect(await connectFrom(SHOP, app)).toBe(403);
	expect(await dialogs(app)).toEqual([]);
});

test(
	onDesktop('the question belongs to the window that can be seen, and an end takes it back'),
	async ({ launchDesktop }) => {
		const app = await launchDesktop();
		await expect.poll(() => app.control.ask('windows', null)).toMatchObject([{ isVisible: true }]);
		await connectFrom(SHOP, app);
		await expect.poll(() => dialogs(app)).toMatchObject([{ windowId: 1 }]);
		expect(await app.stop()).toEqual({ code: 0, signal: null });
	},
);

function dialogs(app: DesktopApp) {
	return app.control.ask('dialogs', null);
}

/** Whether a page of an origin gets a WebSocket: `open`, or the status of the refusal. */
async function connectFrom(origin: string, app: DesktopApp): Promise<unknown> {
	const socket = new WebSocket(await app.url(), { origin });
	const answer = await new Promise((resolve, reject) => {
		socket.once('open', () => resolve('open'));
		socket.once('unexpected-response', (_request, response) => resolve(response.statusCode));
		socket.once('error', reject);
	});
	socket.terminate();
	return answer;
}
