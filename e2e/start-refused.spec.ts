import { spawnSync } from 'node:child_process';
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { COMMAND, runCommand } from './support/command.ts';
import { DAMAGED_FILES } from './support/damaged-files.ts';
import { OccupiedPort } from './support/occupied-port.ts';
import { expect, test } from './support/service-test.ts';

/** The user `nobody`, who owns no files. */
const NOBODY = 65_534;

for (const [file, content] of DAMAGED_FILES) {
	test(`serve refuses to start with ${content} in ${file}, and does not change the file`, async ({ dataDir }) => {
		const path = join(dataDir, file);
		await writeFile(path, content);
		const { code, stdout, stderr } = await runCommand(['serve', '--port', '0'], { dataDir });
		expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
		expect(stderr.trim().split('\n').at(-1)).toMatch(/^error: .+/);
		expect(stderr).toContain(path);
		expect(await readFile(path, 'utf8')).toBe(content);
	});
}

for (const [file, args] of [
	['keys.json', ['keys', 'create', '--name', 'a']],
	['keys.json', ['keys', 'list']],
	['secret', ['admin-token']],
] as const) {
	test(`${args.join(' ')} refuses a damaged ${file}, and does not change the file`, async ({ dataDir }) => {
		const path = join(dataDir, file);
		await writeFile(path, 'damaged');
		const { code, stdout, stderr } = await runCommand(args, { dataDir });
		expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
		expect(stderr).toMatch(/^error: .+\n$/);
		expect(stderr).toContain(path);
		expect(await readFile(path, 'utf8')).toBe('damaged');
	});
}

test('serve refuses a port that another program uses, and reports port and setting', async ({ dataDir }) => {
	const occupied = await OccupiedPort.open();
	const { code, stdout, stderr } = await runCommand(['serve', '--port', String(occupied.port)], { dataDir });
	await occupied.close();
	expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
	expect(stderr).toMatch(new RegExp(`^error: .*${occupied.port}.*server\\.port.*$`, 'm'));
});

for (const [variable, value] of [
	['FINGERPRINT_SERVER_PORT', 'many'],
	['FINGERPRINT_LOG_LEVEL', 'loud'],
] as const) {
	test(`serve refuses ${variable}=${value} with one line`, async ({ dataDir }) => {
		const { code, stdout, stderr } = await runCommand(['serve'], { dataDir, env: { [variable]: value } });
		expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
		expect(stderr).toMatch(new RegExp(`^error: .*${variable}.*\n$`));
	});
}

for (const command of ['serve --port 0', 'doctor --port 0', 'keys list', 'admin-token']) {
	test(`${command} refuses a read-only data folder and reports its path`, async ({ dataDir }) => {
		test.skip(process.platform === 'win32', 'Windows has no read-only folders');
		const uid = process.getuid?.() === 0 ? NOBODY : undefined;
		test.skip(
			uid !== undefined && !canRead(uid),
			'root can write to read-only folders, and user nobody cannot read the program',
		);
		await chmod(dataDir, 0o555);
		const { code, stdout, stderr } = await runCommand(command.split(' '), { dataDir, ...(uid && { uid }) });
		await chmod(dataDir, 0o755);
		expect(code).toBe(1);
		expect(stderr).toMatch(/^error: .+\n$/);
		expect(stdout + stderr).toContain(`The data folder ${dataDir} cannot be used`);
		expect(await readdir(dataDir)).toEqual([]);
	});
}

test('serve refuses a data folder that every user can write to, and the command that it names corrects that', async ({
	dataDir,
}) => {
	test.skip(process.platform === 'win32', 'Windows has no such permissions');
	await chmod(dataDir, 0o777);
	const { code, stdout, stderr } = await runCommand(['serve', '--port', '0'], { dataDir });
	expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
	const [, command = ''] = /run `(.+)`/.exec(stderr) ?? [];
	expect(spawnSync('sh', ['-c', command]).status).toBe(0);
	expect((await runCommand(['keys', 'list'], { dataDir })).code).toBe(0);
	await chmod(dataDir, 0o770);
	expect((await runCommand(['doctor', '--port', '0'], { dataDir })).stdout).toContain(`run \`chmod 700 ${dataDir}\``);
});

function canRead(uid: number): boolean {
	return spawnSync(process.execPath, [COMMAND, '--version'], { uid, gid: uid }).status === 0;
}
