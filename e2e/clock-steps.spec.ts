import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createApiKey, runCommand } from './support/command.ts';
import { ProtocolClient } from './support/protocol-client.ts';
import { RunningService } from './support/running-service.ts';
import { expect, test } from './support/service-test.ts';

const HOUR_MS = 3_600_000;
const SETTABLE_CLOCK = fileURLToPath(new URL('./support/settable-clock.ts', import.meta.url));

test('the clock is set by hours while the service runs: scan, links, uptime and the connected client are right', async ({
	dataDir,
}, testInfo) => {
	const offsetFile = testInfo.outputPath('clock-offset');
	const setClock = (offsetMs: number) => writeFile(offsetFile, String(offsetMs));
	await setClock(0);
	const env = {
		// In the environment because child processes and worker threads of the service inherit it.
		NODE_OPTIONS: `--import ${JSON.stringify(SETTABLE_CLOCK)}`,
		CLOCK_OFFSET_FILE: offsetFile,
	};
	const run = (...args: string[]) => runCommand(args, { dataDir, env });
	const service = await RunningService.start({ dataDir, env });
	const [lasting, expiring] = [
		await createApiKey(dataDir, '--test'),
		(await run('keys', 'create', '--name', 'short', '--test', '--expires', '1h')).stdout.trim(),
	];
	const client = await ProtocolClient.connect(service.url, { apiKey: lasting });
	const { uptime } = await client.next('service:status');
	expect(uptime).toBeLessThan(60);

	for (const offsetMs of [-7 * HOUR_MS, 7 * HOUR_MS, 0]) {
		await setClock(offsetMs);
		const { code, stdout, stderr } = await run('scan', '--port', String(service.port), '--json');
		expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
		const messages = stdout
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line));
		expect(messages.find(({ type }) => type === 'service:status').uptime).toBeLessThan(120);
		expect(messages.at(-1)).toMatchObject({ type: 'scan:complete' });
		expect(messages.at(-1).scanTime).toBeLessThan(60_000);

		const link = await run('console', '--port', String(service.port));
		const ticket = new URL(link.stdout.trim()).hash.slice(1);
		const redeem = () =>
			fetch(`${service.httpUrl}/console/session`, { method: 'POST', body: JSON.stringify({ ticket }) });
		expect([(await redeem()).status, (await redeem()).status]).toEqual([200, 401]);

		const late = await ProtocolClient.connect(service.url, { apiKey: expiring });
		if (offsetMs > 0) expect(await late.next('auth:error')).toMatchObject({ code: 4005 });
		else await late.next('auth:success');
		late.close();
	}
	await client.ask({ type: 'devices:list' }, 'devices');
	expect(service.log.match(/The clock of this computer was set back/g)).toHaveLength(1);
	client.close();
	expect(await service.stop()).toEqual({ code: 0, signal: null });
	expect(service.unexpectedLines).toEqual([]);
});
