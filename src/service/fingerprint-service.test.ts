import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askHolder } from '../config/lock/ask-holder.ts';
import { CHECK_INTERVAL_MS } from '../config/lock/service-lock.ts';
import type { Settings } from '../config/settings.ts';
import { createLogging, type Logging } from '../log/logging.ts';
import type { ServerMessage } from '../protocol/server-messages.ts';
import { closeListeners, openListeners } from '../server/http/loopback-listeners.ts';
import { ServiceClient } from '../server/service-client/service-client.ts';
import { systemClock } from '../time/clock.ts';
import { FakeClock } from '../time/testing/fake-clock.ts';
import { FingerprintService, type FingerprintServiceOptions } from './fingerprint-service.ts';

/** Settings of the server as flags, and options of the service. */
type ServiceOptions = { readonly [N in keyof Settings['server']]?: Settings['server'][N] | undefined } & Partial<
	Pick<FingerprintServiceOptions, 'isDesktop' | 'clock' | 'exit'>
>;

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

function createService(options: ServiceOptions = {}) {
	const { isDesktop = true, clock = systemClock, exit, ...server } = options;
	const flags = { server: { port: 0, ...server }, hid: { enabled: false }, zkfinger: { enabled: false } };
	const service = new FingerprintService({ dataDir, env: {}, flags, logging, isDesktop, clock, ...(exit && { exit }) });
	services.push(service);
	return service;
}

/** Returns a port that is free now. */
async function freePort(): Promise<number> {
	const { port, servers } = await openListeners({ host: 'localhost', port: 0 });
	await closeListeners(servers);
	return port;
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
		await first.close();
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

	it('refuses a data folder that another program uses, also while stopped, and starts once that one has ended', async () => {
		const [first, second] = [createService(), createService()];
		await first.start();
		await expect(second.start()).rejects.toMatchObject({ code: 5003, message: expect.stringContaining(dataDir) });
		await first.stop();
		await expect(second.start()).rejects.toThrow('its service is stopped');
		await first.close();
		await second.start();
	});

	it('is started and ended through the lock of its data folder', async () => {
		const service = createService();
		const { host, port } = await service.start();
		const running = { program: 'desktop', state: 'running', addresses: [`ws://localhost:${port}`], host, port };
		expect(await askHolder(dataDir, 'status')).toMatchObject(running);
		await service.stop();
		expect(await askHolder(dataDir, 'status')).toMatchObject({ ...running, state: 'stopped' });
		expect(await askHolder(dataDir, 'start')).toMatchObject(running);
		// Waits for the end of this process.
		void askHolder(dataDir, 'stop', new FakeClock());
		await vi.waitFor(async () => expect(await askHolder(dataDir, 'status')).toBeUndefined());
	});

	it('holds the lock after a failed start, and reports why it failed', async () => {
		await writeFile(join(dataDir, 'settings.json'), '{"damaged');
		await expect(createService().start()).rejects.toThrow();
		expect(await askHolder(dataDir, 'status')).toMatchObject({
			state: 'failed',
			addresses: [],
			problem: expect.stringContaining('settings.json'),
		});
	});

	it('ends with an error when another program uses its data folder, which was deleted', async () => {
		const clock = new FakeClock();
		const ended = Promise.withResolvers<unknown>();
		await createService({ clock, exit: ended.resolve }).start();
		// The registry may still be writing its files.
		await rm(dataDir, { recursive: true, maxRetries: 10 });
		await createService().start();
		clock.advance(CHECK_INTERVAL_MS);
		expect(await ended.promise).toMatchObject({ error: 'CONFIGURATION_ERROR' });
	});

	it.each([true, false])('keeps its address while stopped and reports that; isDesktop is %s', async (isDesktop) => {
		const service = createService({ isDesktop });
		const { port } = await service.start();
		await service.stop();
		const response = await fetch(`http://localhost:${port}/health`);
		expect([response.status, await response.json()]).toEqual([503, { status: 'stopped' }]);
		await expect(ServiceClient.connect({ host: 'localhost', port })).rejects.toThrow();
		expect(await service.start()).toEqual({ host: 'localhost', port });
	});

	it.each([
		[true, 'moves to a changed port'],
		[false, 'keeps its port'],
	])('with isDesktop %s %s when it is started again', async (isDesktop, moves) => {
		const [first, second] = [await freePort(), await freePort()];
		const settings = (port: number) => writeFile(join(dataDir, 'settings.json'), JSON.stringify({ server: { port } }));
		await settings(first);
		const service = createService({ isDesktop, port: undefined });
		expect(await service.start()).toMatchObject({ port: first });
		await service.stop();
		await settings(second);
		expect(await service.start()).toMatchObject({ port: moves.startsWith('moves') ? second : first });
	});
});
