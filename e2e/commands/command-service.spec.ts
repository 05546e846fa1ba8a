import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand, startCommand } from '../support/command.ts';
import { callOperation } from '../support/operator-client.ts';
import { RunningService } from '../support/running-service.ts';
import { expect, test } from '../support/service-test.ts';

test('status prints what runs, and its exit code tells the state', async ({ dataDir }) => {
	const none = await runCommand(['status'], { dataDir });
	expect(none).toEqual({ code: 4, stderr: '', stdout: expect.stringContaining('No program runs on the data folder') });

	const service = await RunningService.start({ dataDir });
	const { code, stdout } = await runCommand(['status'], { dataDir });
	expect(code).toBe(0);
	expect(stdout).toMatch(/^service {6}running$/m);
	expect(stdout).toContain(service.url);
	expect(stdout).toContain(`process ${service.pid}`);
	const json = await runCommand(['status', '--json'], { dataDir });
	expect(JSON.parse(json.stdout)).toMatchObject({
		program: 'service',
		pid: service.pid,
		state: 'running',
		addresses: [service.url],
		port: service.port,
		dataDir,
	});

	await callOperation(dataDir, 'service:stop');
	expect((await runCommand(['status'], { dataDir })).code).toBe(3);
	await service.stop();
	expect(JSON.parse((await runCommand(['status', '--json'], { dataDir })).stdout)).toEqual({ program: null, dataDir });
});

test('four commands agree that the service is stopped and how to start it, and start starts it', async ({
	dataDir,
}) => {
	const service = await RunningService.start({ dataDir });
	await callOperation(dataDir, 'service:stop');
	const run = (...args: string[]) => runCommand(args, { dataDir });
	const advice = 'The service is stopped: start it with `fingerprint-service start`';

	expect(await run('scan')).toEqual({ code: 1, stdout: '', stderr: `error: ${advice}\n` });
	const link = await run('console');
	expect(link).toEqual({
		code: 0,
		stdout: expect.stringMatching(new RegExp(`^${service.httpUrl}/console/#\\S+\n$`)),
		stderr: `${advice}, or in the window\n`,
	});
	expect((await run('doctor')).stdout).toContain(`ok    service: ${advice}`);
	const second = await run('serve');
	expect({ code: second.code, stdout: second.stdout }).toEqual({ code: 1, stdout: '' });
	for (const part of [
		`process ${service.pid}`,
		'its service is stopped',
		'`fingerprint-service start`',
		`on ${service.url}`,
	])
		expect(second.stderr).toContain(part);
	const health = await fetch(`${service.httpUrl}/health`);
	expect([health.status, await health.json()]).toEqual([503, { status: 'stopped' }]);

	expect(await run('start')).toEqual({ code: 0, stdout: `The service is running on ${service.url}\n`, stderr: '' });
	expect((await run('scan')).code).toBe(0);
	expect(await run('start')).toMatchObject({ code: 0 });
	await service.stop();
	expect(await run('start')).toMatchObject({ code: 1, stderr: expect.stringContaining('No program runs') });
});

test('stop ends the program gracefully and waits for it', async ({ dataDir }) => {
	const service = await RunningService.start({ dataDir });
	const { code, stdout } = await runCommand(['stop'], { dataDir });
	expect({ code, stdout }).toEqual({ code: 0, stdout: `Process ${service.pid} has ended\n` });
	expect(await service.exit).toEqual({ code: 0, signal: null });
	expect(service.log).toContain('Service is stopping');
	expect(await readdir(dataDir)).not.toContain('run.sock');
	expect(await runCommand(['stop'], { dataDir })).toMatchObject({ code: 0, stdout: `No program runs on ${dataDir}\n` });
});

test('commands find a service on another port than the settings state', async ({ dataDir }) => {
	const service = await RunningService.start({ dataDir });
	await writeFile(join(dataDir, 'settings.json'), '{"server":{"port":1}}');
	const env = { FINGERPRINT_SERVER_HOST: '127.0.0.9' };
	expect((await runCommand(['scan'], { dataDir, env })).code).toBe(0);
	const { stdout } = await runCommand(['console'], { dataDir, env });
	expect(stdout).toContain(`${service.httpUrl}/console/`);
	expect((await runCommand(['doctor'], { dataDir })).stdout).toContain(`ok    service: running on ${service.url}`);
	await service.stop();
});

test('of 8 programs that start at the same time on one data folder, exactly one runs', async ({ dataDir }) => {
	const programs = Array.from({ length: 8 }, () => startCommand(['serve', '--port', '0'], { dataDir }));
	const outcomes = await Promise.all(
		programs.map((program) =>
			Promise.race([program.exit, program.waitForOutput(/^listening on /m).then(() => program)]),
		),
	);
	const running = programs.filter((program) => outcomes.includes(program));
	expect(running).toHaveLength(1);
	for (const program of programs) {
		if (running.includes(program)) continue;
		expect(await program.exit).toEqual({ code: 1, signal: null });
		expect(program.stderr).toContain(`process ${running[0]?.pid}`);
	}
	expect(await running[0]?.end()).toEqual({ code: 0, signal: null });
});

test('a killed program leaves the data folder to the next one', async ({ dataDir }) => {
	const first = await RunningService.start({ dataDir });
	await first.stop('SIGKILL');
	expect((await runCommand(['status'], { dataDir })).code).toBe(4);
	const second = await RunningService.start({ dataDir });
	expect(await second.stop()).toEqual({ code: 0, signal: null });
});

test('a suspended program keeps the data folder, and the commands say that it does not answer', async ({ dataDir }) => {
	test.skip(process.platform === 'win32', 'Windows has no signal that suspends a program');
	const service = await RunningService.start({ dataDir });
	process.kill(service.pid, 'SIGSTOP');
	for (const command of ['serve', 'status', 'stop', 'scan', 'console']) {
		const { code, stderr } = await runCommand([command], { dataDir });
		expect({ command, code }).toEqual({ command, code: 1 });
		expect(stderr).toMatch(/^error: A program holds the lock of the data folder .* and does not answer.*\n$/);
	}
	expect((await runCommand(['doctor'], { dataDir })).stdout).toContain('FAIL  service: A program holds the lock');
	process.kill(service.pid, 'SIGCONT');
	expect((await runCommand(['stop'], { dataDir })).code).toBe(0);
	expect(await service.exit).toEqual({ code: 0, signal: null });
});

test('a data folder that is deleted and created again keeps its service', async ({ dataDir }) => {
	const folder = join(dataDir, 'folder');
	const service = await RunningService.start({ dataDir: folder });
	await runCommand(['keys', 'create', '--name', 'a'], { dataDir: folder });
	await rm(folder, { recursive: true });
	await mkdir(folder);
	await expect.poll(async () => (await runCommand(['status'], { dataDir: folder })).code).toBe(0);
	expect((await runCommand(['serve'], { dataDir: folder })).stderr).toContain(`process ${service.pid}`);
	expect((await runCommand(['scan'], { dataDir: folder })).code).toBe(0);
	expect(service.log).toContain('The data folder was deleted while the program runs');
	expect((await runCommand(['stop'], { dataDir: folder })).code).toBe(0);
	expect(await service.exit).toEqual({ code: 0, signal: null });
});
