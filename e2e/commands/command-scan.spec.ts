import { mkdtemp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createApiKey, runCommand, startCommand } from '../support/command.ts';
import { RunningService } from '../support/running-service.ts';
import { expect, test } from '../support/service-test.ts';
import { Site } from '../support/site.ts';

const EXPECTED_MESSAGES = ['auth:success', 'devices', 'scan:started', 'fingerprint:detected', 'scan:complete'];

for (const [how, flags] of [
	['as the user of the service, without a key', () => []],
	['with a test key', (key: string) => ['--key', key]],
	['on a chosen reader', (key: string) => ['--key', key, '--device', 'device-002']],
] as const) {
	test(`scan prints each message, ${how}`, async ({ service, dataDir, testKey }) => {
		const args = ['scan', '--port', String(service.port), ...flags(testKey)];
		const { code, stdout, stderr } = await runCommand(args, { dataDir });
		expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
		const shown = stdout.split('\n').map((line) => line.split(' ', 1)[0]);
		expect(shown.filter((type) => EXPECTED_MESSAGES.includes(type ?? ''))).toEqual(EXPECTED_MESSAGES);
		const device = args.includes('device-002') ? 'device-002' : 'device-001';
		expect(stdout).toMatch(new RegExp(`^scan:complete .*deviceId=${device} .*template=Rk1SACAyMAA`, 'm'));
	});
}

test('scan takes the key from the environment, and --json prints the messages as JSON', async ({
	service,
	dataDir,
	testKey,
}) => {
	const env = { FINGERPRINT_KEY: testKey };
	const { code, stdout } = await runCommand(['scan', '--port', String(service.port), '--json'], { dataDir, env });
	expect(code).toBe(0);
	const messages = stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line));
	expect(messages.at(-1)).toMatchObject({ type: 'scan:complete', format: 'iso-19794-2:2005' });
});

for (const [what, flags, message] of [
	['an unknown reader', ['--device', 'device-999'], 'Device not found'],
	['a wrong key', ['--key', `ak_test_${'x'.repeat(32)}`], 'Invalid API key'],
] as const) {
	test(`scan reports ${what} in one line`, async ({ service, dataDir }) => {
		const { code, stderr } = await runCommand(['scan', '--port', String(service.port), ...flags], { dataDir });
		expect(code).toBe(1);
		expect(stderr).toBe(`error: ${message}\n`);
	});
}

test('scan reports that a live key cannot use virtual readers', async ({ service, dataDir }) => {
	const key = await createApiKey(dataDir);
	const { code, stderr } = await runCommand(['scan', '--port', String(service.port), '--key', key], { dataDir });
	expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^error: No reader is connected .+\n$/) });
});

test('scan reports that there is no reader when the virtual ones are disabled', async ({ dataDir }) => {
	const service = await RunningService.start({ dataDir, args: ['--no-virtual'] });
	const { code, stderr } = await runCommand(['scan', '--port', String(service.port)], { dataDir });
	expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^error: No reader is connected .+\n$/) });
	await service.stop();
});

test('scan reports how to start a service that is not running', async ({ dataDir }) => {
	const service = await RunningService.start({ dataDir });
	await service.stop();
	const { code, stdout, stderr } = await runCommand(['scan', '--port', String(service.port)], { dataDir });
	expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
	expect(stderr).toMatch(
		/^error: No fingerprint service answers on localhost:\d+: start it with `fingerprint-service serve`.+\n$/,
	);
});

for (const [what, makeFolder] of [
	['was never used', async (dataDir: string) => join(dataDir, 'other')],
	['has a secret of its own', makeFolderWithSecret],
] as const) {
	test(`scan reports that the service uses another data folder when its own ${what}`, async ({ service, dataDir }) => {
		const other = await makeFolder(dataDir);
		const files = () => readdir(other).catch(({ code }) => code);
		const before = await files();
		const args = ['scan', '--port', String(service.port), '--data-dir', other];
		const { code, stdout, stderr } = await runCommand(args, { dataDir });
		expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
		expect(stderr).toBe(
			`error: The service does not use the data folder ${other}: name its folder with --data-dir, or an API key with --key\n`,
		);
		expect(await files()).toEqual(before);
	});
}

test('scan reports in one line that another program uses the port', async ({ dataDir }) => {
	const site = await Site.open('<!doctype html>');
	const { code, stdout, stderr } = await runCommand(['scan', '--host', '127.0.0.1', '--port', String(site.port)], {
		dataDir,
	});
	expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
	expect(stderr).toMatch(/^error: The program on 127\.0\.0\.1:\d+ refuses the connection \(HTTP status 200\): .+\n$/);
	await site.close();
});

test('serve, scan and doctor use the configured address', async ({ dataDir }) => {
	test.skip(process.platform === 'darwin', 'macOS has one loopback address only');
	const service = startCommand(['serve', '--host', '127.0.0.2', '--port', '0', '--quick-start'], { dataDir });
	const [, port = ''] = await service.waitForOutput(/^listening on ws:\/\/127\.0\.0\.2:(\d+)\n/m);
	const [, page, args = ''] = await service.waitForOutput(/(http:\S+)\n.*npx fingerprint-service (scan .+)\n/);
	expect(page).toContain(`http://127.0.0.2:${port}/#ak_test_`);
	expect((await runCommand(args.split(' '), { dataDir })).code).toBe(0);
	const env = { FINGERPRINT_SERVER_HOST: '127.0.0.2', FINGERPRINT_SERVER_PORT: port };
	expect((await runCommand(['scan'], { dataDir, env })).code).toBe(0);
	const { stdout } = await runCommand(['doctor'], { dataDir, env });
	expect(stdout).toContain(`ok    port: ${port} is in use by the fingerprint service of this data folder`);
	await service.end('SIGTERM');
});

test('scan fails when the service stops during the scan', async ({ dataDir }) => {
	const env = { FINGERPRINT_VIRTUAL_AUTO_TOUCH: 'false' };
	const service = await RunningService.start({ dataDir, env });
	const scan = startCommand(['scan', '--port', String(service.port)], { dataDir });
	await scan.waitForOutput(/^scan:started /m);
	await service.stop();
	expect(await scan.exit).toEqual({ code: 1, signal: null });
	expect(scan.stderr).toBe('error: Service is stopping\n');
});

/** Creates a data folder in `parent` that contains a secret. */
async function makeFolderWithSecret(parent: string): Promise<string> {
	const folder = await mkdtemp(join(parent, 'other-'));
	await runCommand(['admin-token', '--data-dir', folder], { dataDir: parent });
	return folder;
}
