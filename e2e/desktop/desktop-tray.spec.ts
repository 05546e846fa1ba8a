import { basename } from 'node:path';
import { createKey } from '../support/command.ts';
import type { DesktopApp } from '../support/desktop-app.ts';
import { expect, onDesktop, skipWithoutControl, test } from '../support/desktop-test.ts';
import { ForeignProgram } from '../support/foreign-program.ts';
import { TestClient } from '../support/test-client.ts';

skipWithoutControl();

test(onDesktop('the tray shows a service that runs: icon, address, readers, menu'), async ({ launchDesktop }) => {
	const app = await launchDesktop({ args: ['--hidden'] });
	await expectIcon(app, 'running');
	const tray = await app.control.ask('tray', null);
	expect(tray?.toolTip).toBe(`Fingerprint Service\n${await app.url()}\n2 readers`);
	expect(tray?.menu.map(({ label, type }) => label || type)).toEqual([
		'Open window',
		'Stop service',
		'separator',
		'Readers',
		'Copy address',
		'separator',
		'Start at login',
		'Show logs',
		'separator',
		'Quit',
	]);
	const readers = tray?.menu.find(({ label }) => label === 'Readers')?.submenu;
	expect(readers?.map(({ label, enabled }) => [label, enabled])).toEqual([
		['Virtual SLK20R VIRTUAL-0001: ready', false],
		['Virtual SLK20R VIRTUAL-0002: ready', false],
	]);
});

test(onDesktop('the tray follows a scan'), async ({ launchDesktop, dataDir }) => {
	const app = await launchDesktop({ args: ['--hidden'], env: { FINGERPRINT_VIRTUAL_AUTO_TOUCH: 'false' } });
	const client = await TestClient.connect(await app.url(), { apiKey: await createKey(dataDir, '--test') });
	await client.next('auth:success');
	const { scanId } = await client.ask({ type: 'scan:start', deviceId: 'device-001' }, 'scan:started');
	await expectIcon(app, 'scanning');
	const tray = await app.control.ask('tray', null);
	expect(JSON.stringify(tray?.menu)).toContain('Virtual SLK20R VIRTUAL-0001: scanning');
	await client.ask({ type: 'scan:stop', scanId }, 'scan:stopped');
	await expectIcon(app, 'running');
	client.close();
});

test(
	onDesktop('the tray stops the service under a client, and starts it again'),
	async ({ launchDesktop, dataDir }) => {
		const app = await launchDesktop({ args: ['--hidden'], env: { FINGERPRINT_VIRTUAL_AUTO_TOUCH: 'false' } });
		const apiKey = await createKey(dataDir, '--test');
		const client = await TestClient.connect(await app.url(), { apiKey });
		await client.next('auth:success');
		await client.ask({ type: 'scan:start', deviceId: 'device-001' }, 'scan:started');

		await app.control.ask('clickTrayMenu', ['Stop service']);
		expect(await client.next('service:status')).toMatchObject({ status: 'stopping' });
		expect(await client.next('scan:error')).toMatchObject({ code: 5002 });
		expect(await client.closing()).toMatchObject({ code: 1001 });
		await expectToolTip(app, 'Fingerprint Service\nStopped');
		await expectIcon(app, 'stopped');

		await app.control.ask('clickTrayMenu', ['Start service']);
		await expectIcon(app, 'running');
		const again = await TestClient.connect(await app.url(2), { apiKey });
		await again.next('auth:success');
		again.close();
	},
);

test(onDesktop('the tray says why a start failed, and tries again'), async ({ launchDesktop }) => {
	const foreign = await ForeignProgram.listen();
	const args = ['--hidden', '--port', String(foreign.port)];
	const app = await launchDesktop({ args, complaints: /The service could not start/ });
	await expectIcon(app, 'failed');
	const tray = await app.control.ask('tray', null);
	expect(tray?.toolTip).toMatch(new RegExp(`^Fingerprint Service\nFailed: .*${foreign.port}`));
	await foreign.close();
	await app.control.ask('clickTrayMenu', ['Start service']);
	await expectIcon(app, 'running');
});

test(onDesktop('the tray copies the address'), async ({ launchDesktop }) => {
	const app = await launchDesktop({ args: ['--hidden'] });
	await expectIcon(app, 'running');
	await app.control.ask('clickTrayMenu', ['Copy address']);
	expect(await app.control.ask('clipboard', null)).toBe(await app.url());
});

test(onDesktop('the tray speaks Indonesian where the system does'), async ({ launchDesktop }) => {
	const app = await launchDesktop({ args: ['--hidden'], locale: 'id-ID' });
	await expectToolTip(app, /^Fingerprint Service\nws:.+\n2 pemindai$/);
});

test(onDesktop('the tray ends the app'), async ({ launchDesktop }) => {
	const app = await launchDesktop({ args: ['--hidden'] });
	await expectIcon(app, 'running');
	await app.control.ask('clickTrayMenu', ['Quit']);
	expect(await app.program.exit).toEqual({ code: 0, signal: null });
	expect(app.program.stderr).toContain('Service is stopping');
});

function expectIcon(app: DesktopApp, icon: string): Promise<void> {
	const name = process.platform === 'darwin' ? `${icon}Template.png` : `${icon}.png`;
	return expect.poll(async () => basename((await app.control.ask('tray', null))?.image ?? '')).toBe(name);
}

function expectToolTip(app: DesktopApp, text: string | RegExp): Promise<void> {
	const toolTip = expect.poll(async () => (await app.control.ask('tray', null))?.toolTip);
	return typeof text === 'string' ? toolTip.toBe(text) : toolTip.toMatch(text);
}
