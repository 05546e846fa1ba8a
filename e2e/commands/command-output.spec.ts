import { COMMAND, isolatedEnv, runCommand } from '../support/command.ts';
import { Program } from '../support/program.ts';
import { expect, test } from '../support/service-test.ts';

test.skip(process.platform === 'win32', 'the shell is a POSIX one');

for (const [what, redirect] of [
	['stdout', ''],
	['stdout and stderr', '2>&1'],
] as const) {
	test(`serve keeps running when ${what} cannot be written any more`, async ({ dataDir }) => {
		const command = `"${process.execPath}" "${COMMAND}" serve --port 0 ${redirect}`;
		// The pipe is closed before the program writes its first line.
		const shell = Program.start('sh', ['-c', `{ ${command}; echo "code $?" >&3; } 3>&2 | true; wait`], {
			env: { ...isolatedEnv(), FINGERPRINT_DATA_DIR: dataDir },
		});
		await expect.poll(async () => (await runCommand(['status'], { dataDir })).code).toBe(0);
		expect((await runCommand(['scan'], { dataDir })).code).toBe(0);
		expect((await runCommand(['stop'], { dataDir })).code).toBe(0);
		await shell.waitForOutput(/^code 0$/m, 'stderr');
		await shell.exit;
	});
}

for (const args of ['keys list', 'status', 'doctor --port 0', '--help']) {
	test(`${args} ends quietly when its output cannot be written`, async ({ dataDir }) => {
		const command = `{ "${process.execPath}" "${COMMAND}" ${args}; echo "code $?" >&2; } | true`;
		const shell = Program.start('sh', ['-c', command], { env: { ...isolatedEnv(), FINGERPRINT_DATA_DIR: dataDir } });
		await shell.exit;
		expect(shell.stderr).toMatch(args === 'status' ? /^code [04]\n$/ : 'code 0\n');
	});
}
