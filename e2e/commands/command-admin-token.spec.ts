import { PERMISSIONS } from '../../src/protocol/permissions.ts';
import { runCommand } from '../support/command.ts';
import { expect, test } from '../support/service-test.ts';

test('admin-token prints a token that gives access to every reader and the log', async ({ connect, dataDir }) => {
	const { code, stdout, stderr } = await runCommand(['admin-token'], { dataDir });
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);

	const admin = await connect({ token: stdout.trim() });
	expect(await admin.next('auth:success')).toMatchObject({ permissions: PERMISSIONS });
	const { devices } = await admin.ask({ type: 'devices:list' }, 'devices');
	expect(devices).toHaveLength(2);
	admin.send({ type: 'scan:start', deviceId: 'device-001' });
	expect(await admin.next('log:entry')).toMatchObject({ level: 'info', message: expect.any(String) });
});

for (const [flags, seconds] of [
	[[], 30 * 60],
	[['--ttl', '45s'], 45],
	[['--ttl', '12h'], 12 * 60 * 60],
] as const) {
	test(`admin-token ${flags.join(' ')} is valid for ${seconds} s`, async ({ dataDir }) => {
		const { stdout } = await runCommand(['admin-token', ...flags], { dataDir });
		const payload = Buffer.from(stdout.split('.')[1] ?? '', 'base64url').toString();
		const { iat, exp } = JSON.parse(payload);
		expect(exp - iat).toBe(seconds);
	});
}

test('admin-token --ttl refuses more than 12 hours and names the option', async ({ dataDir }) => {
	const { code, stdout, stderr } = await runCommand(['admin-token', '--ttl', '721m'], { dataDir });
	expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
	expect(stderr).toBe(
		"error: option '--ttl <time>' argument '721m' is invalid. An admin token is valid for at most 12h; for longer access, create a key. (--help shows the usage)\n",
	);
});

test('a token of another data folder is refused', async ({ connect, dataDir }, testInfo) => {
	const { stdout } = await runCommand(['admin-token', '--data-dir', testInfo.outputPath('other')], { dataDir });
	const client = await connect({ token: stdout.trim() });
	expect(await client.next('auth:error')).toMatchObject({ code: 4001 });
	expect(await client.waitForClose()).toMatchObject({ code: 4001 });
});
