import { basename } from 'node:path';
import { createApiKey } from '../support/command.ts';
import type { DesktopApp } from '../support/desktop-app.ts';
import { expect, onDesktop, skipOnRealElectron, test } from '../support/desktop-test.ts';
import { OccupiedPort } from '../support/occupied-port.ts';
import { ProtocolClient } from '../support/protocol-client.ts';

skipOnRealElectron();

test(onDesktop('the tray shows icon, address, readers and menu of a running service'), async ({ launchDesktop }) => {
	const app = await launchDesktop({ args: ['--hidden'] });
	await expectIcon(app, 'running');
	const tray = await app.control.ask('tray', null);
	expect(tray?.toolTip).toBe(
		`Fingerprint Service\n${await app.url()}\nNo reader plugged in; virtual readers available`,
	);
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
		['Virtual SLK20R VIRTUAL-0001: available', false],
		['Virtual SLK20R VIRTUAL-0002: available', false],
	]);
});

test(onDesktop('the tray icon changes during a scan'), async ({ launchDesktop, dataDir }) => {
	const app = await launchDesktop({ args: ['--hidden'], env: { FINGERPRINT_VIRTUAL_AUTO_TOUCH: 'false' } });
	const client = await ProtocolClient.connect(await app.url(), { apiKey: await createApiKey(dataDir, '--test') });
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
	onDesktop('the tray stops the service while a client is connected only after a question, and starts it again'),
	async ({ launchDesktop, dataDir }) => {
		const app = await launchDesktop({ args: ['--hidden'], env: { FINGERPRINT_VIRTUAL_AUTO_TOUCH: 'false' } });
		const apiKey = await createApiKey(dataDir, '--test');
		const client = await ProtocolClient.connect(await app.url(), { apiKey });
		await client.next('auth:success');
		await client.ask({ type: 'scan:start', deviceId: 'device-001' }, 'scan:started');
		await expectIcon(app, 'scanning');

		const dialogs = () => app.control.ask('dialogs', null);
		await app.control.ask('clickTrayMenu', ['Stop service']);
		await app.control.ask('clickTrayMenu', ['Stop service']);
		await expect.poll(dialogs).toMatchObject([
			{
				message: 'Stop the service?',
				detail: expect.stringMatching(/^1 page or program.*\n1 scan/),
				buttons: ['Stop', 'Cancel'],
				defaultId: 1,
			},
		]);
		await app.control.ask('answerDialog', 'Cancel');
		await app.control.ask('clickTrayMenu', ['Stop service']);
		await expect.poll(dialogs).toHaveLength(1);
		await app.control.ask('answerDialog', 'Stop');
		expect(await client.next('service:status')).toMatchObject({ status: 'stopping' });
		expect(await client.next('scan:error')).toMatchObject({ code: 5002 });
		expect(await client.waitForClose()).toMatchObject({ code: 1001 });
		await expectToolTip(app, 'Fingerprint Service\nStopped');
		await expectIcon(app, 'stopped');

		await app.control.ask('clickTrayMenu', ['Start service']);
		await expectIcon(app, 'running');
		const again = await ProtocolClient.connect(await app.url(2), { apiKey });
		await again.next('auth:success');
		again.close();
	},
);

test(onDesktop('the tray shows why a start failed, and can start the service again'), async ({ launchDesktop }) => {
	const occupied = await OccupiedPort.open();
	const args = ['--hidden', '--port', String(occupied.port)];
	const app = await launchDesktop({ args, expectedErrors: /The service could not start/ });
	await expectIcon(app, 'failed');
	const tray = await app.control.ask('tray', null);
	expect(tray?.toolTip).toMatch(new RegExp(`^Fingerprint Service\nFailed: .*${occupied.port}`));
	await occupied.close();
	await app.control.ask('clickTrayMenu', ['Start service']);
	await expectIcon(app, 'running');
});

test(onDesktop('the tray copies the address to the clipboard'), async ({ launchDesktop }) => {
	const app = await launchDesktop({ args: ['--hidden'] });
	await expectIcon(app, 'running');
	await app.control.ask('clickTrayMenu', ['Copy address']);
	expect(await app.control.ask('clipboard', null)).toBe(await app.url());
});

test(onDesktop('the tray uses Indonesian when it is the language of the system'), async ({ launchDesktop }) => {
	const app = await launchDesktop({ args: ['--hidden'], locale: 'id-ID' });
	await expectToolTip(
		app,
		/^Fingerprint Service\nws:.+\nTidak ada pemindai yang terpasang; pemindai virtual tersedia$/,
	);
});

test(onDesktop('the tray quits the app'), async ({ launchDesktop }) => {
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
