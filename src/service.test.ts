import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSettings, type Settings } from './config/settings.ts';
import { createLogging } from './log/logging.ts';
import type { ServerMessage } from './protocol/server-messages.ts';
import { ServiceClient } from './server/service-client.ts';
import { FingerprintService } from './service.ts';

let dataDir: string;
let services: FingerprintService[];

beforeEach(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'service-'));
	services = [];
});

afterEach(async () => {
	for (const service of services) await service.stop();
	await rm(dataDir, { recursive: true });
});

async function createService(server: Partial<Settings['server']> = { port: 0 }): Promise<FingerprintService> {
	const { settings } = await loadSettings({ dataDir, env: {}, flags: { server } });
	const service = new FingerprintService({ dataDir, settings, logging: createLogging({ level: 'error' }) });
	services.push(service);
	return service;
}

async function firstOfType(client: ServiceClient, type: ServerMessage['type']): Promise<ServerMessage> {
	for await (const message of client.messages()) if (message.type === type) return message;
	throw new Error(`no ${type} came`);
}

describe('FingerprintService', () => {
	it('serves a test key from a data folder that did not exist before', async () => {
		await rm(dataDir, { recursive: true });
		const service = await createService();
		const { port } = await service.start();
		const { key } = await service.keys.create({ name: 'test page', environment: 'test' });
		const client = await ServiceClient.connect({ host: 'localhost', port });
		client.authenticate({ apiKey: key });
		expect(await firstOfType(client, 'device:connected')).toMatchObject({
			device: { id: 'device-001', virtual: true },
		});
		client.close();
	});

	it('remembers its keys and readers after a restart', async () => {
		const first = await createService();
		await first.start();
		await first.keys.create({ name: 'test page', environment: 'test' });
		await first.stop();
		const second = await createService();
		await second.start();
		expect(second.keys.list().map(({ name }) => name)).toEqual(['test page']);
		expect(JSON.parse(await readFile(join(dataDir, 'devices.json'), 'utf8')).devices).toHaveLength(2);
	});

	it('stops once, however often it is told to, also before it was started', async () => {
		const service = await createService();
		await service.stop();
		const started = await createService();
		await started.start();
		await Promise.all([started.stop(), started.stop()]);
	});

	it('says which port is taken and which setting changes it, and leaves nothing open', async () => {
		const blocker = createServer().listen(0, '127.0.0.1');
		await new Promise((resolve) => blocker.once('listening', resolve));
		const { port } = blocker.address() as { port: number };
		const service = await createService({ port });
		await expect(service.start()).rejects.toMatchObject({
			code: 5003,
			message: expect.stringContaining(`Port ${port}`),
			details: { port, setting: 'server.port' },
		});
		await new Promise((resolve) => blocker.close(resolve));
	});

	it.each(['keys.json', 'devices.json', 'secret'])(
		'refuses to start with a damaged %s and leaves it as it is',
		async (name) => {
			const path = join(dataDir, name);
			await writeFile(path, '{"damaged');
			const service = await createService();
			await expect(service.start()).rejects.toMatchObject({ code: 5003, message: expect.stringContaining(path) });
			expect(await readFile(path, 'utf8')).toBe('{"damaged');
		},
	);

	it('refuses a data folder that is none', async () => {
		await rm(dataDir, { recursive: true });
		await writeFile(dataDir, '');
		const { settings } = await loadSettings({ dataDir: tmpdir(), env: {}, flags: { server: { port: 0 } } });
		const service = new FingerprintService({ dataDir, settings, logging: createLogging({ level: 'error' }) });
		await expect(service.start()).rejects.toMatchObject({ code: 5003, message: expect.stringContaining(dataDir) });
		await rm(dataDir);
		await mkdir(dataDir);
	});
});
