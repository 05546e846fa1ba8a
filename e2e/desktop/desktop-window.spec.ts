import type { DesktopApp } from '../support/desktop-app.ts';
import { expect, onDesktop, skipOnRealElectron, skipWithoutWindows, test } from '../support/desktop-test.ts';
import { Site } from '../support/site.ts';

skipWithoutWindows();
skipOnRealElectron();

test(onDesktop('the window opens with the app and shows the address of the service'), async ({ launchDesktop }) => {
	const app = await launchDesktop();
	const page = await app.page();
	const port = new URL(await app.url()).port;
	await expect(page.getByText(new RegExp(`localhost:${port}`)).first()).toBeVisible();
	expect(await windows(app)).toMatchObject([{ url: 'app://window/', isVisible: true, isMinimized: false }]);
});

test(onDesktop('--hidden starts without a window, which the tray opens'), async ({ launchDesktop }) => {
	const app = await launchDesktop({ args: ['--hidden'] });
	await app.url();
	expect(await windows(app)).toEqual([]);
	await app.control.ask('clickTrayMenu', ['Open window']);
	await app.page();
	await expect.poll(() => windows(app)).toMatchObject([{ isVisible: true }]);
});

test(onDesktop('closing hides the window, and a click on the tray icon shows it again'), async ({ launchDesktop }) => {
	const app = await launchDesktop();
	const page = await app.page();
	await expect.poll(() => windows(app)).toMatchObject([{ isVisible: true }]);
	const [window] = await windows(app);
	await app.control.ask('closeWindow', window?.id ?? 0);
	await expect.poll(() => windows(app)).toMatchObject([{ isVisible: false }]);
	await app.control.ask('clickTray', null);
	expect(await windows(app)).toMatchObject([{ id: window?.id, isVisible: true }]);
	// The window still has the same page.
	expect(page.isClosed()).toBe(false);
	expect(app.program.stderr).not.toContain('Service is stopping');
});

test(
	onDesktop('without a visible tray icon, the window is minimised when closed and has a menu'),
	async ({ launchDesktop }) => {
		const app = await launchDesktop({ hasTray: false });
		await app.page();
		await expect.poll(() => windows(app)).toMatchObject([{ isMenuBarVisible: true }]);
		const [window] = await windows(app);
		await app.control.ask('closeWindow', window?.id ?? 0);
		await expect.poll(() => windows(app)).toMatchObject([{ isVisible: true, isMinimized: true }]);
		const menu = await app.control.ask('applicationMenu', null);
		expect(menu.flatMap(({ submenu }) => submenu.map(({ label }) => label))).toContain('Quit');
	},
);

test(onDesktop('--hidden starts minimised without a visible tray icon'), async ({ launchDesktop }) => {
	const app = await launchDesktop({ args: ['--hidden'], hasTray: false });
	await expect.poll(() => windows(app)).toMatchObject([{ isMinimized: true }]);
});

test(onDesktop('the app starts on a system without a tray'), async ({ launchDesktop }) => {
	const app = await launchDesktop({ env: { FAKE_ELECTRON_NO_TRAY: '1' }, hasTray: false });
	await app.page();
	expect(await app.control.ask('tray', null)).toBeNull();
	expect(app.program.stderr).toContain('The tray icon could not be created');
});

test(onDesktop('"Show logs" opens the logs in a new window or in the existing one'), async ({ launchDesktop }) => {
	const app = await launchDesktop({ args: ['--hidden'] });
	await app.url();
	await app.control.ask('clickTrayMenu', ['Show logs']);
	const page = await app.page();
	await expect.poll(() => page.evaluate('location.hash')).toBe('#/logs');
	await page.evaluate('location.hash = "#/about"');
	await app.control.ask('clickTrayMenu', ['Show logs']);
	await expect.poll(() => page.evaluate('location.hash')).toBe('#/logs');
	expect(await windows(app)).toHaveLength(1);
});

test(
	onDesktop('the service keeps running when the window crashes, and the window can be opened again'),
	async ({ launchDesktop }) => {
		const app = await launchDesktop({ expectedErrors: /The window crashed/ });
		await app.page();
		const [window] = await windows(app);
		await app.control.ask('crashPage', window?.id ?? 0);
		await expect.poll(() => windows(app)).toEqual([]);
		const { port } = new URL(await app.url());
		expect(await (await fetch(`http://localhost:${port}/health`)).text()).toBe('{"status":"running"}');

		await app.control.ask('clickTrayMenu', ['Open window']);
		const page = await app.page();
		await expect(page.getByText(new RegExp(`localhost:${port}`)).first()).toBeVisible();
	},
);

test(onDesktop('the window cannot navigate to another site'), async ({ launchDesktop }) => {
	const site = await Site.open('<!doctype html><title>Elsewhere</title>');
	const app = await launchDesktop();
	const page = await app.page();
	const title = 'Overview - Fingerprint Service';
	await expect(page).toHaveTitle(title);
	for (const host of ['localhost', 'evil.example']) {
		const url = JSON.stringify(`http://${host}:${site.port}/`);
		await page.evaluate(`location.assign(${url})`);
		await page.evaluate(`void window.open(${url})`);
		await page.evaluate(`document.body.appendChild(document.createElement('iframe')).src = ${url}`);
		await page.evaluate(`Object.assign(document.createElement('a'), { href: ${url}, target: '_blank' }).click()`);
	}
	await page.reload();
	await expect(page).toHaveTitle(title);
	expect(await windows(app)).toMatchObject([{ url: 'app://window/' }]);
	await site.close();
});

test(onDesktop('calls of a foreign page in the window are rejected'), async ({ launchDesktop }) => {
	const site = await Site.open('<!doctype html><title>Elsewhere</title>');
	const app = await launchDesktop();
	const page = await app.page();
	const [window] = await windows(app);
	await app.control.ask('loadUrl', { id: window?.id ?? 0, url: `http://evil.example:${site.port}/` });
	await expect(page).toHaveTitle('Elsewhere');
	const reply = await page.evaluate(() =>
		Reflect.get(globalThis, 'operatorConsole').call('key:create', { name: 'stolen', environment: 'live' }),
	);
	expect(reply).toMatchObject({ ok: false, problem: { error: 'UNAUTHORIZED' } });
	await expect.poll(() => app.program.stderr).toContain('A message from a foreign frame was rejected');
	await site.close();
});

test(onDesktop('the page has only the permission to write to the clipboard'), async ({ launchDesktop }) => {
	const app = await launchDesktop();
	const page = await app.page();
	const names = ['clipboard-write', 'clipboard-read', 'geolocation', 'notifications'];
	const states = await page.evaluate(
		`Promise.all(${JSON.stringify(names)}.map((name) => navigator.permissions.query({ name }).then(({ state }) => state)))`,
	);
	expect(states).toEqual(['granted', ...Array(3).fill(expect.not.stringContaining('granted'))]);
});

test(onDesktop('the page works after several reloads'), async ({ launchDesktop }) => {
	const app = await launchDesktop();
	const page = await app.page();
	const port = new URL(await app.url()).port;
	for (let reload = 0; reload < 3; reload++) await page.reload();
	await expect(page.getByText(new RegExp(`localhost:${port}`)).first()).toBeVisible();
});

test(onDesktop('a reload ends a trial scan of the page'), async ({ launchDesktop }) => {
	const app = await launchDesktop({ env: { FINGERPRINT_VIRTUAL_AUTO_TOUCH: 'false' } });
	const page = await app.page();
	await app.url();
	await page.evaluate(`void operatorConsole.call('trial:scan', { deviceId: 'device-001' })`);
	const readers = async () => JSON.stringify((await app.control.ask('tray', null))?.menu);
	await expect.poll(readers).toContain('VIRTUAL-0001: scanning');
	await page.reload();
	await expect.poll(readers).toContain('VIRTUAL-0001: available');
});

test(onDesktop('the page prefers the colour scheme of the theme setting'), async ({ launchDesktop }) => {
	const app = await launchDesktop();
	const page = await app.page();
	await app.url();
	for (const theme of ['dark', 'light']) {
		await page.evaluate(`operatorConsole.call('settings:write', { values: { 'window.theme': '${theme}' } })`);
		await expect.poll(() => page.evaluate(`matchMedia('(prefers-color-scheme: ${theme})').matches`)).toBe(true);
	}
});

test(onDesktop('the tray changes its language with the setting'), async ({ launchDesktop }) => {
	const app = await launchDesktop();
	const page = await app.page();
	await app.url();
	await page.evaluate(`operatorConsole.call('settings:write', { values: { 'window.language': 'id' } })`);
	await expect.poll(async () => (await app.control.ask('tray', null))?.toolTip).toContain('pemindai');
	const menu = await app.control.ask('applicationMenu', null);
	expect(menu.map(({ label }) => label)).toContain('Tampilan');
});

test(onDesktop('the page can save a file'), async ({ launchDesktop }) => {
	const app = await launchDesktop();
	const page = await app.page();
	await page.evaluate(`Object.assign(document.createElement('a'), {
		href: URL.createObjectURL(new Blob(['a log'])),
		download: 'log.txt',
	}).click()`);
	await expect.poll(() => app.control.ask('downloads', null)).toEqual([{ fileName: 'log.txt', text: 'a log' }]);
});

function windows(app: DesktopApp) {
	return app.control.ask('windows', null);
}
