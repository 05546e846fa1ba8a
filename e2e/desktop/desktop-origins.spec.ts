import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import WebSocket from 'ws';
import type { DesktopApp } from '../support/desktop-app.ts';
import { expect, onDesktop, skipOnRealElectron, skipWithoutWindows, test } from '../support/desktop-test.ts';

skipOnRealElectron();

const [SHOP, BANK] = ['https://shop.example', 'https://bank.example'];

test(
	onDesktop('asks about a new origin; an allowed origin can connect, also after a restart'),
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

test(
	onDesktop('does not ask again about a blocked origin, which cannot connect'),
	async ({ launchDesktop, dataDir }) => {
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
	},
);

test(onDesktop('asks one question at a time, and not again after "Not now"'), async ({ launchDesktop }) => {
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

test(onDesktop('the dialog belongs to the visible window and closes when the app quits'), async ({ launchDesktop }) => {
	skipWithoutWindows();
	const app = await launchDesktop();
	await expect.poll(() => app.control.ask('windows', null)).toMatchObject([{ isVisible: true }]);
	await connectFrom(SHOP, app);
	await expect.poll(() => dialogs(app)).toMatchObject([{ windowId: 1 }]);
	expect(await app.stop()).toEqual({ code: 0, signal: null });
});

function dialogs(app: DesktopApp) {
	return app.control.ask('dialogs', null);
}

/** Opens a WebSocket with an origin. @returns `open`, or the HTTP status of the rejection */
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
