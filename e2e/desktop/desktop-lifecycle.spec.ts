import { spawnSync } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createApiKey, runCommand } from '../support/command.ts';
import { DesktopApp } from '../support/desktop-app.ts';
import { expect, onDesktop, skipOnRealElectron, skipWithoutWindows, test } from '../support/desktop-test.ts';
import { ProtocolClient } from '../support/protocol-client.ts';
import { RunningService } from '../support/running-service.ts';

skipOnRealElectron();

for (const way of ['SIGTERM', 'SIGINT', 'app.quit()'] as const) {
	test(
		onDesktop(`${way} during a scan notifies clients, ends the scan and exits with code 0`),
		async ({ launchDesktop, dataDir }) => {
			const app = await launchDesktop({ args: ['--hidden'], env: { FINGERPRINT_VIRTUAL_AUTO_TOUCH: 'false' } });
			const client = await ProtocolClient.connect(await app.url(), { apiKey: await createApiKey(dataDir, '--test') });
			await client.next('auth:success');
			const { scanId } = await client.ask({ type: 'scan:start', deviceId: 'device-001' }, 'scan:started');
			client.inbox.length = 0;

			if (way === 'app.quit()') await app.control.ask('quit', null);
			else process.kill(app.program.pid, way);
			expect(await client.next('service:status')).toMatchObject({ status: 'stopping' });
			expect(await client.next('scan:error')).toMatchObject({ scanId, code: 5002 });
			expect(await client.waitForClose()).toMatchObject({ code: 1001 });
			expect(await app.program.exit).toEqual({ code: 0, signal: null });
		},
	);
}

test(onDesktop('a second start shows the window of the running app'), async ({ launchDesktop }) => {
	skipWithoutWindows();
	const first = await launchDesktop({ args: ['--hidden'] });
	const url = await first.url();
	const hidden = await launchDesktop({ args: ['--hidden'] });
	expect(await hidden.program.exit).toEqual({ code: 0, signal: null });
	expect(await first.control.ask('windows', null)).toEqual([]);

	const second = await launchDesktop();
	expect(await second.program.exit).toEqual({ code: 0, signal: null });
	await expect.poll(() => first.control.ask('windows', null)).toMatchObject([{ isVisible: true }]);
	expect(second.program.stderr).not.toContain('Service is running');
	expect(await first.url()).toBe(url);
});

test(
	onDesktop('the app does not start a second service on the data folder of a headless service'),
	async ({ launchDesktop, dataDir }) => {
		const service = await RunningService.start({ dataDir });
		const app = await launchDesktop({ args: ['--hidden'], expectedErrors: /The service could not start/ });
		const toolTip = async () => (await app.control.ask('tray', null))?.toolTip;
		await expect.poll(toolTip).toMatch(/^Fingerprint Service\nFailed: /);
		expect(app.program.stderr).not.toContain('Service is running');
		expect(await service.stop()).toEqual({ code: 0, signal: null });

		await app.control.ask('clickTrayMenu', ['Start service']);
		await expect.poll(toolTip).toContain('ws://localhost:');
	},
);

test(
	onDesktop('the commands find, start and end the app, which keeps its port while the service is stopped'),
	async ({ launchDesktop, dataDir }) => {
		const app = await launchDesktop({ args: ['--hidden'] });
		const url = await app.url();
		const run = (...args: string[]) => runCommand(args, { dataDir });
		const status = async () => JSON.parse((await run('status', '--json')).stdout);
		expect(await status()).toMatchObject({
			program: 'desktop',
			pid: app.program.pid,
			state: 'running',
			addresses: [url],
		});

		await app.control.ask('clickTrayMenu', ['Stop service']);
		await expect.poll(async () => (await status()).state).toBe('stopped');
		const health = await fetch(`${url.replace('ws:', 'http:')}/health`);
		expect([health.status, await health.json()]).toEqual([503, { status: 'stopped' }]);
		expect((await run('scan')).stderr).toBe(
			'error: The service is stopped: start it with `fingerprint-service start`\n',
		);
		expect((await run('serve')).stderr).toContain('is in use by the desktop app');
		expect(await run('start')).toMatchObject({ code: 0, stdout: `The service is running on ${url}\n` });

		expect((await run('stop')).code).toBe(0);
		expect(await app.program.exit).toEqual({ code: 0, signal: null });
	},
);

test(
	onDesktop('closes the readers before sleep and opens them again afterwards'),
	async ({ launchDesktop, dataDir }) => {
		const app = await launchDesktop({ args: ['--hidden'], env: { FINGERPRINT_VIRTUAL_AUTO_TOUCH: 'false' } });
		const client = await ProtocolClient.connect(await app.url(), { apiKey: await createApiKey(dataDir, '--test') });
		await client.next('auth:success');
		const { scanId } = await client.ask({ type: 'scan:start', deviceId: 'device-001' }, 'scan:started');
		await app.control.ask('suspend', null);
		expect(await client.next('scan:error', 'scan:stopped')).toMatchObject({ scanId });
		await app.control.ask('resume', null);
		const started = async () =>
			(await client.ask({ type: 'scan:start', deviceId: 'device-001' }, 'scan:started', 'scan:error')).type;
		await expect.poll(started).toBe('scan:started');
		client.close();
	},
);

test(
	onDesktop('a packaged app starts at login until this is switched off in the tray'),
	async ({ launchDesktop, dataDir }) => {
		test.skip(process.platform !== 'linux', 'only on Linux does the app write the autostart file itself');
		const config = join(dataDir, 'home');
		const entry = join(config, 'autostart', 'fingerprint-service.desktop');
		const env = {
			FAKE_ELECTRON_PACKAGED: '1',
			XDG_CONFIG_HOME: config,
			APPIMAGE: '/opt/an app/Fingerprint.AppImage',
		};
		const app = await launchDesktop({ args: ['--hidden'], env });
		const read = () => readFile(entry, 'utf8').catch(() => 'none');
		await expect.poll(read).toContain('Exec="/opt/an app/Fingerprint.AppImage" --hidden\n');
		const isTicked = async () =>
			(await app.control.ask('tray', null))?.menu.find(({ label }) => label === 'Start at login')?.checked;
		expect(await isTicked()).toBe(true);

		await app.control.ask('clickTrayMenu', ['Start at login']);
		await expect.poll(read).toBe('none');
		await expect.poll(isTicked).toBe(false);
		await app.control.ask('clickTrayMenu', ['Start at login']);
		await expect.poll(read).toContain('[Desktop Entry]\n');
	},
);

test(
	onDesktop('a check mark in the tray reverts when the setting cannot be changed'),
	async ({ launchDesktop, dataDir }) => {
		const app = await launchDesktop({ args: ['--hidden'], env: { FINGERPRINT_DESKTOP_START_AT_LOGIN: 'true' } });
		await app.url();
		await app.control.ask('clickTrayMenu', ['Start at login']);
		await app.program.waitForOutput(/An operation was refused .*settings:write/, 'stderr');
		const item = async () =>
			(await app.control.ask('tray', null))?.menu.find(({ label }) => label === 'Start at login')?.checked;
		await expect.poll(item).toBe(true);
		expect(await readdir(dataDir)).not.toContain('settings.json');
	},
);

test(
	onDesktop('an app that is not packaged does not register itself to start at login'),
	async ({ launchDesktop, dataDir }) => {
		const config = join(dataDir, 'home');
		const app = await launchDesktop({ args: ['--hidden'], env: { XDG_CONFIG_HOME: config } });
		await app.url();
		await app.control.ask('clickTrayMenu', ['Start at login']);
		await expect.poll(() => readFile(join(dataDir, 'settings.json'), 'utf8').catch(() => '')).toContain('startAtLogin');
		expect(await readdir(dataDir)).not.toContain('home');
	},
);

test(onDesktop('the app keeps all its files in the data folder'), async ({ launchDesktop, dataDir }) => {
	skipWithoutWindows();
	const app = await launchDesktop();
	await app.page();
	await app.url();
	const names = await readdir(dataDir);
	expect(names).toEqual(expect.arrayContaining(['devices.json', 'logs', 'window']));
	// Chromium's profile is in the sub-folder `window`.
	expect(names).not.toContain('Default');
});

test(onDesktop('the error for an unusable data folder names it'), async ({ dataDir }) => {
	const file = join(dataDir, 'no-folder');
	await writeFile(file, '');
	const app = await DesktopApp.launch({ dataDir, args: ['--data-dir', file] });
	expect(await app.program.exit).toEqual({ code: 1, signal: null });
	expect(app.program.stderr).toContain(`The data folder ${file} cannot be used`);
});

test(onDesktop('dbus-send prints what hasTrayHost() expects'), () => {
	const bus = spawnSync('dbus-run-session', ['--', 'true']);
	test.skip(bus.status !== 0, 'dbus-run-session is not installed');
	const ask = (name: string) => {
		const args = ['--session', '--print-reply=literal', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus'];
		const call = ['org.freedesktop.DBus.NameHasOwner', `string:${name}`];
		return spawnSync('dbus-run-session', ['--', 'dbus-send', ...args, ...call], { encoding: 'utf8' }).stdout.trim();
	};
	expect(ask('org.freedesktop.DBus')).toBe('boolean true');
	expect(ask('org.kde.StatusNotifierWatcher')).toBe('boolean false');
});

test(
	onDesktop('`fingerprint-service console` reports that the desktop app has the window'),
	async ({ dataDir, launchDesktop }) => {
		skipWithoutWindows();
		const app = await launchDesktop();
		const port = new URL(await app.url()).port;
		const { code, stderr } = await runCommand(['console', '--port', port], { dataDir });
		expect({ code, stderr }).toEqual({
			code: 1,
			stderr: 'error: The service runs in the desktop app, which has its own operator window: open it from the tray\n',
		});
	},
);
