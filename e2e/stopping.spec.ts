import { COMMAND, createApiKey, isolatedEnv } from './support/command.ts';
import { Program } from './support/program.ts';
import { ProtocolClient } from './support/protocol-client.ts';
import { RunningService } from './support/running-service.ts';
import { expect, test } from './support/service-test.ts';

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
	test(`${signal} during a scan: the client is notified, the scan ends, the program exits with code 0`, async ({
		dataDir,
	}) => {
		const env = { FINGERPRINT_VIRTUAL_AUTO_TOUCH: 'false' };
		const service = await RunningService.start({ dataDir, env });
		const apiKey = await createApiKey(dataDir, '--test');
		const client = await ProtocolClient.connect(service.url, { apiKey });
		await client.next('auth:success');
		const { scanId } = await client.ask({ type: 'scan:start', deviceId: 'device-001' }, 'scan:started');
		client.inbox.length = 0;

		const exit = service.stop(signal);
		expect(await client.next('service:status')).toMatchObject({ status: 'stopping' });
		const error = await client.next('scan:error');
		expect(error).toMatchObject({ scanId, deviceId: 'device-001', code: 5002, retryable: true });
		expect(await client.waitForClose()).toMatchObject({ code: 1001 });
		expect(await exit).toEqual({ code: 0, signal: null });
		expect(service.unexpectedLines).toEqual([]);
	});
}

test('an unauthenticated client does not delay the exit', async ({ dataDir }) => {
	const service = await RunningService.start({ dataDir });
	const socket = new WebSocket(service.url);
	await new Promise((resolve) => socket.addEventListener('open', resolve));
	const closed = new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)));
	expect(await service.stop()).toEqual({ code: 0, signal: null });
	expect(await closed).toBe(1001);
});

test('two services on port 0 use different ports', async ({ dataDir }, testInfo) => {
	const services = await Promise.all([
		RunningService.start({ dataDir }),
		RunningService.start({ dataDir: testInfo.outputPath('second') }),
	]);
	expect(services[0].port).not.toBe(services[1].port);
	for (const service of services) expect(await service.stop()).toEqual({ code: 0, signal: null });
});

test('readers keep their ids when the service restarts', async ({ dataDir }) => {
	const apiKey = await createApiKey(dataDir, '--test');
	const lists: unknown[] = [];
	for (const _start of [1, 2]) {
		const service = await RunningService.start({ dataDir });
		const client = await ProtocolClient.connect(service.url, { apiKey });
		lists.push((await client.ask({ type: 'devices:list' }, 'devices')).devices);
		client.close();
		await service.stop();
	}
	expect(lists[1]).toEqual(lists[0]);
	expect(lists[0]).toMatchObject([
		{ id: 'device-001', serialNumber: 'VIRTUAL-0001' },
		{ id: 'device-002', serialNumber: 'VIRTUAL-0002' },
	]);
});

test('--no-virtual disables the virtual readers', async ({ dataDir }) => {
	const service = await RunningService.start({ dataDir, args: ['--no-virtual'] });
	const client = await ProtocolClient.connect(service.url, { apiKey: await createApiKey(dataDir, '--test') });
	expect(await client.ask({ type: 'devices:list' }, 'devices')).toMatchObject({ devices: [] });
	client.close();
	await service.stop();
});

test('a service started by npm exits with the shell between them, which does not forward signals', async ({
	dataDir,
}) => {
	test.skip(process.platform === 'win32', 'npm terminates the whole process tree on Windows');
	const command = `"${process.execPath}" "${COMMAND}" serve --port 0; true`;
	const env = { ...isolatedEnv(), npm_lifecycle_event: 'serve', FINGERPRINT_DATA_DIR: dataDir };
	const shell = Program.start('sh', ['-c', command], { env });
	await shell.waitForOutput(/^listening on /m);
	// `end` resolves once every process has closed the output, including the service.
	await shell.end('SIGTERM');
	expect(shell.stderr).toContain('Service is stopping');
});
