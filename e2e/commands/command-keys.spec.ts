import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createApiKey, runCommand } from '../support/command.ts';
import { expect, test } from '../support/service-test.ts';

for (const [flag, pattern] of [
	['', /^ak_live_[A-Za-z0-9]{32}\n$/],
	['--test', /^ak_test_[A-Za-z0-9]{32}\n$/],
] as const) {
	test(`keys create ${flag} prints only the key on stdout, and does not store it`, async ({ dataDir }) => {
		const args = ['keys', 'create', '--name', 'My page', ...(flag ? [flag] : [])];
		const { code, stdout, stderr } = await runCommand(args, { dataDir });
		expect(code).toBe(0);
		expect(stdout).toMatch(pattern);
		expect(stderr).toMatch(/^key-\w+ "My page": .+\n$/);
		const file = join(dataDir, 'keys.json');
		expect(await readFile(file, 'utf8')).not.toContain(stdout.trim().slice('ak_live_'.length));
		if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
	});
}

test('keys list shows the options of the key, and no secret', async ({ dataDir }) => {
	const empty = await runCommand(['keys', 'list'], { dataDir });
	expect(empty).toEqual({ code: 0, stdout: expect.stringMatching(/^There are no keys yet: .+\n$/), stderr: '' });

	const key = await createApiKey(
		dataDir,
		...[
			'--test',
			'--permissions',
			'device:read',
			'--expires',
			'90d',
			'--origins',
			'https://a.example,https://b.example',
		],
	);
	const { code, stdout } = await runCommand(['keys', 'list', '--json'], { dataDir });
	expect(code).toBe(0);
	expect(JSON.parse(stdout)).toEqual([
		{
			id: expect.stringMatching(/^key-\w+$/),
			name: 'e2e',
			environment: 'test',
			permissions: ['device:read'],
			origins: ['https://a.example', 'https://b.example'],
			createdAt: expect.any(String),
			expiresAt: expect.any(String),
			state: 'active',
		},
	]);
	expect(stdout).not.toContain(key.slice('ak_test_'.length));

	const table = await runCommand(['keys', 'list'], { dataDir });
	expect(table.stdout).toMatch(/^key-\w+ +active +test +e2e +device:read +never used +expires \S+ +https:\S+\n$/);
});

test('a key created while the service is running works immediately, and is refused immediately when revoked', async ({
	connect,
	dataDir,
}) => {
	const apiKey = await createApiKey(dataDir, '--test');
	const client = await connect({ apiKey });
	await client.next('auth:success');
	const id = await newestKeyId(dataDir);
	const { code, stdout } = await runCommand(['keys', 'revoke', id], { dataDir });
	expect({ code, stdout }).toEqual({ code: 0, stdout: `${id} "e2e" is revoked\n` });
	expect(await client.waitForClose()).toMatchObject({ code: 4002 });

	const late = await connect({ apiKey });
	expect(await late.next('auth:error')).toMatchObject({ code: 4002 });
});

test('keys rotate closes the connections of the old key, and the new key works immediately', async ({
	connect,
	dataDir,
}) => {
	const apiKey = await createApiKey(dataDir, '--test');
	const client = await connect({ apiKey });
	await client.next('auth:success');
	const id = await newestKeyId(dataDir);
	const { code, stdout, stderr } = await runCommand(['keys', 'rotate', id], { dataDir });
	expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^ak_test_[A-Za-z0-9]{32}\n$/) });
	expect(stderr).toMatch(new RegExp(`^key-\\w+ "e2e" replaces ${id}, .+\\n$`));
	expect(await client.waitForClose()).toMatchObject({ code: 4002 });

	const successor = await connect({ apiKey: stdout.trim() });
	await successor.next('auth:success');

	const again = await runCommand(['keys', 'rotate', id], { dataDir });
	expect(again).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(/^error: .+ is revoked .+\n$/) });
});

test('keys rotate --overlap keeps the old key valid and shows until when, and revoking the new key ends both', async ({
	connect,
	dataDir,
}) => {
	const apiKey = await createApiKey(dataDir, '--test');
	const client = await connect({ apiKey });
	await client.next('auth:success');
	const id = await newestKeyId(dataDir);
	const { stdout, stderr } = await runCommand(['keys', 'rotate', id, '--overlap', '7d'], { dataDir });
	expect(stderr).toMatch(new RegExp(`^key-\\w+ "e2e" replaces ${id}, which is valid until 20\\S+Z: .+\\n$`));
	const successor = await connect({ apiKey: stdout.trim() });
	await successor.next('auth:success');
	await (await connect({ apiKey })).next('auth:success');
	const table = await runCommand(['keys', 'list'], { dataDir });
	const newId = await newestKeyId(dataDir);
	expect(table.stdout).toMatch(new RegExp(`^${id} +active .+ +expires 20\\S+Z +replaced by ${newId}$`, 'm'));
	await runCommand(['keys', 'revoke', newId], { dataDir });
	for (const each of [client, successor]) expect(await each.waitForClose()).toMatchObject({ code: 4002 });
});

for (const command of ['revoke', 'rotate']) {
	test(`keys ${command} of an unknown key reports the key in one line`, async ({ dataDir }) => {
		const { code, stdout, stderr } = await runCommand(['keys', command, 'key-nothing0'], { dataDir });
		expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
		expect(stderr).toMatch(/^error: .*key-nothing0.*\n$/);
	});
}

for (const [what, name] of [
	['empty', ''],
	['blank', ' '],
	['too long', 'x'.repeat(101)],
	['not printable', 'a\tb'],
] as const) {
	test(`keys create with a name that is ${what} is wrong usage: exit code 2 and one line`, async ({ dataDir }) => {
		const { code, stdout, stderr } = await runCommand(['keys', 'create', '--name', name], { dataDir });
		expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
		expect(stderr).toMatch(/--name.+1 to 100 printable characters/);
		expect(stderr).toMatch(/\(--help shows the usage\)\n$/);
	});
}

/** Returns the id of the key that was created last. */
async function newestKeyId(dataDir: string): Promise<string> {
	const { stdout } = await runCommand(['keys', 'list', '--json'], { dataDir });
	return JSON.parse(stdout).at(-1).id;
}
