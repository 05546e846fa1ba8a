import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, type TestContext } from 'vitest';
import { createApiKey, runCommand } from '../support/command.ts';
import { ProtocolClient } from '../support/protocol-client.ts';
import { RunningService } from '../support/running-service.ts';
import { SmallDisk } from './support/small-disk.ts';

/* A data folder on a disk that is full or read-only, with the built service and its commands. */

const keysIn = (dataDir: string) => readFile(join(dataDir, 'keys.json'), 'utf8');

async function startOn(context: TestContext) {
	const disk = SmallDisk.mount(context);
	const dataDir = join(disk.folder, 'data');
	const apiKey = await createApiKey(dataDir, '--test');
	const service = await RunningService.start({ dataDir });
	onTestFinished(() => service.stop().then(() => {}));
	return { disk, dataDir, apiKey, service };
}

async function scan(service: RunningService, apiKey: string) {
	const client = await ProtocolClient.connect(service.url, { apiKey });
	const { device } = await client.next('device:connected');
	client.send({ type: 'scan:start', deviceId: (device as { id: string }).id });
	const end = await client.next('scan:complete', 'scan:error', 'scan:timeout');
	client.close();
	return end.type;
}

const FAULTS = [
	['is full', (disk: SmallDisk) => disk.fill(), (disk: SmallDisk) => disk.empty()],
	['is read-only', (disk: SmallDisk) => disk.makeReadOnly(), (disk: SmallDisk) => disk.makeWritable()],
] as const;

it.for(FAULTS)(
	'scans while the disk %s, refuses changes without losing anything, and recovers',
	async (fault, context) => {
		const [, damage, repair] = fault;
		const { disk, dataDir, apiKey, service } = await startOn(context);
		const before = await keysIn(dataDir);
		await damage(disk);
		expect(await scan(service, apiKey)).toBe('scan:complete');
		const refused = await runCommand(['keys', 'create', '--name', 'refused'], { dataDir });
		expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(dataDir) });
		expect(JSON.parse(await keysIn(dataDir)).keys).toHaveLength(JSON.parse(before).keys.length);
		repair(disk);
		const added = await createApiKey(dataDir, '--test');
		expect(await scan(service, added)).toBe('scan:complete');
		expect(await scan(service, apiKey)).toBe('scan:complete');
	},
);

it('does not start on a read-only disk, and names the folder', async (context) => {
	const disk = SmallDisk.mount(context);
	const dataDir = join(disk.folder, 'data');
	await createApiKey(dataDir, '--test');
	const before = await keysIn(dataDir);
	await disk.makeReadOnly();
	const { code, stderr } = await runCommand(['serve', '--port', '0'], { dataDir });
	expect(code).toBe(1);
	expect(stderr).toContain(dataDir);
	expect(await keysIn(dataDir)).toBe(before);
});
