import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { createApiKey } from './command.ts';
import { ProtocolClient } from './protocol-client.ts';
import { RunningService } from './running-service.ts';

interface ServiceFixtures {
	/** The environment of `service`; set with `test.use`. */
	serviceEnv: Readonly<Record<string, string>>;
	/** A separate, empty data folder for each test. */
	dataDir: string;
	/** The running service. The test fails if it logs unexpected lines or does not exit with code 0. */
	service: RunningService;
	/** A test key for `service`. */
	testKey: string;
	/** Connects a client to `service` with `testKey`, or with other credentials. */
	connect: (credentials?: Parameters<typeof ProtocolClient.connect>[1]) => Promise<ProtocolClient>;
}

export const test = base.extend<ServiceFixtures>({
	serviceEnv: [{}, { option: true }],
	// biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern
	dataDir: async ({}, use) => {
		const dataDir = await mkdtemp(join(tmpdir(), 'fingerprint-e2e-'));
		await use(dataDir);
		await rm(dataDir, { recursive: true });
	},
	service: async ({ dataDir, serviceEnv }, use) => {
		const service = await RunningService.start({ dataDir, env: serviceEnv });
		await use(service);
		const exit = await service.stop();
		expect(exit, service.log).toEqual({ code: 0, signal: null });
		expect(service.unexpectedLines).toEqual([]);
	},
	testKey: ({ dataDir }, use) => createApiKey(dataDir, '--test').then(use),
	connect: async ({ service, testKey }, use) => {
		const clients: ProtocolClient[] = [];
		await use(async (credentials = { apiKey: testKey }) => {
			const client = await ProtocolClient.connect(service.url, credentials);
			clients.push(client);
			return client;
		});
		for (const client of clients) client.close();
	},
});

export { expect };
