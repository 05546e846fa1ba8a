import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Settings } from '../config/settings.ts';
import { createLogging, type Logging } from '../log/logging.ts';
import type { ServerMessage } from '../protocol/server-messages.ts';
import { ServiceClient } from '../server/service-client/service-client.ts';
import { FingerprintService } from './fingerprint-service.ts';

let dataDir: string;
let services: FingerprintService[];
let logging: Logging;

beforeEach(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'service-'));
	services = [];
	logging = createLogging({ level: 'error' });
});

afterEach(async () => {
	for (const service of services) await service.close();
	await rm(dataDir, { recursive: true });
});

function createService({ isDesktop = true, ...server }: Partial<Settings['server']> & { isDesktop?: boolean } = {}) {
	const flags = { server: { port: 0, ...server }, hid: { enabled: false }, zkfinger: { enabled: false } };
	const service = new FingerprintService({ dataDir, env: {}, flags, logging, isDesktop });
	services.push(service);
	return service;
}

async function firstOfType(client: ServiceClient, type: ServerMessage['type']): Promise<ServerMessage> {
	for await (const message of client.messages()) if (message.type === type) return message;
	throw new Error(`no ${type} message arrived`);
}

describe('FingerprintService', () => {
	it('creates the data folder and accepts a test key', async () => {
		await rm(dataDir, { recursive: true });
		const service = createService();
		const { port } = await service.start();
		const { key } = await (await service.keys()).create({ name: 'test page', environment: 'test' });
		const client = await ServiceClient.connect({ host: 'localhost', port });
		client.authenticate({ apiKey: key });
		expect(await firstOfType(client, 'device:connected')).toMatchObject({
			device: { id: 'device-001', virtual: true },
		});
		client.close();
	});

	it('keeps keys and reader ids across a restart', async () => {
		const first = createService();
		await first.start();
		await (await first.keys()).create({ name: 'test page', environment: 'test' });
		await first.stop();
		const second = createService();
		await second.start();
		expect((await second.keys()).list().map(({ name }) => name)).toEqual(['test page']);
		expect(JSON.parse(await readFile(join(dataDir, 'devices.json'), 'utf8')).devices).toHaveLength(2);
	});

	it('stops once when several callers ask, and may be stopped before it was started', async () => {
		const service = createService();
		await service.stop();
		const started = createService();
		await started.start();
		await Promise.all([started.stop(), started.stop()]);
		const stops = logging.ring.entries().filter(({ message }) => message === 'Service is stopping');
		expect(stops).toHaveLength(1);
	});

	it('names the port that is in use and the setting that changes it', async () => {
		const blocker = createServer().listen(0, '127.0.0.1');
		await new Promise((resolve) => blocker.once('listening', resolve));
		const { port } = blocker.address() as { port: number };
		const service = createService({ port });
		await expect(service.start()).rejects.toMatchObject({
			code: 5003,
			message: expect.stringContaining(`Port ${port}`),
			details: { port, setting: 'server.port' },
		});
		await new Promise((resolve) => blocker.close(resolve));
	});

	it.each(['keys.json', 'devices.json', 'secret'])(
		'refuses to start with a damaged %s and does not change it',
		async (name) => {
			const path = join(dataDir, name);
			await writeFile(path, '{"damaged');
			const service = createService();
			await expect(service.start()).rejects.toMatchObject({ code: 5003, message: expect.stringContaining(path) });
			expect(await readFile(path, 'utf8')).toBe('{"damaged');
		},
	);

	it('refuses a data folder that is a file', async () => {
		await rm(dataDir, { recursive: true });
		await writeFile(dataDir, '');
		const service = createService();
		await expect(service.start()).rejects.toMatchObject({ code: 5003, message: expect.stringContaining(dataDir) });
		await rm(dataDir);
		await mkdir(dataDir);
	});

	it('keeps keys and reader ids when it is stopped and started again', async () => {
		const service = createService();
		const { port } = await service.start();
		const { key } = await (await service.keys()).create({ name: 'test page', environment: 'test' });
		await service.stop();
		await expect(ServiceClient.connect({ host: 'localhost', port })).rejects.toThrow();
		const again = await service.start();
		const client = await ServiceClient.connect({ host: 'localhost', port: again.port });
		client.authenticate({ apiKey: key });
		expect(await firstOfType(client, 'device:connected')).toMatchObject({ device: { id: 'device-001' } });
		client.close();
	});

	it('refuses a data folder that another service uses, and starts once that one has stopped', async () => {
		const [first, second] = [createService(), createService()];
		await first.start();
		await expect(second.start()).rejects.toMatchObject({ code: 5003, message: expect.stringContaining(dataDir) });
		await first.stop();
		await second.start();
	});

	it('keeps its address while stopped without a desktop app, and reports that it is stopped', async () => {
		const service = createService({ isDesktop: false });
		const { port } = await service.start();
		await service.stop();
		const response = await fetch(`http://localhost:${port}/health`);
		expect([response.status, await response.json()]).toEqual([503, { status: 'stopped' }]);
		await expect(ServiceClient.connect({ host: 'localhost', port })).rejects.toThrow();
		expect(await service.start()).toEqual({ host: 'localhost', port });
	});
});
