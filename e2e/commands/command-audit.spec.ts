import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createApiKey, runCommand } from '../support/command.ts';
import { expect, test } from '../support/service-test.ts';

test('audit show and verify work while the service runs', async ({ connect, testKey, dataDir }) => {
	const client = await connect();
	await client.next('auth:success');
	await expect
		.poll(async () => (await runCommand(['audit', 'show', '--event', 'auth'], { dataDir })).stdout)
		.toMatch(/^\S+ auth:success {5}keyId="key-\w+" keyName="e2e"\n$/);
	const { code, stdout, stderr } = await runCommand(['audit', 'verify'], { dataDir });
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	expect(stdout).toMatch(
		/^3 entries \(1 to 3\), files: 1 in .+, from \S+ to \S+\.\nThe chain of hashes shows accidents/,
	);
	const { stdout: json } = await runCommand(['audit', 'show', '--json', '--since', '1h'], { dataDir });
	expect(
		json
			.trimEnd()
			.split('\n')
			.map((line) => JSON.parse(line).event),
	).toEqual(['service:started', 'key:created', 'auth:success']);
	expect(json).not.toContain(testKey);
});

test('audit verify exits with 1 and names file and line of a change', async ({ dataDir }) => {
	await createApiKey(dataDir, '--test');
	await runCommand(['admin-token'], { dataDir });
	const [name = ''] = await readdir(join(dataDir, 'audit'));
	const path = join(dataDir, 'audit', name);
	const text = await readFile(path, 'utf8');
	await appendFile(path, text.slice(0, 40));
	expect(await runCommand(['audit', 'verify'], { dataDir })).toMatchObject({
		code: 0,
		stdout: expect.stringContaining('the last line is incomplete'),
	});
	await writeFile(path, text.replace('"e2e"', '"E2E"'));
	const { code, stdout, stderr } = await runCommand(['audit', 'verify'], { dataDir });
	expect(code).toBe(1);
	expect(stdout).toContain(`BROKEN  ${name}, line 1: was changed`);
	expect(stderr).toMatch(/^error: The audit trail is not as it was written \(1 place\).+\n$/);
});

test('the audit commands work without a trail', async ({ dataDir }) => {
	expect(await runCommand(['audit', 'show'], { dataDir })).toEqual({ code: 0, stdout: '', stderr: '' });
	const { code, stdout } = await runCommand(['audit', 'verify'], { dataDir });
	expect([code, stdout]).toEqual([0, expect.stringContaining('There are no entries')]);
});
