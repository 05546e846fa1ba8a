import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { createKey } from './command.ts';
import { RunningService } from './running-service.ts';
import { TestClient } from './test-client.ts';

interface ServiceFixtures {
	/** Environment of `service`; set with `test.use`. */
	serviceEnv: Readonly<Record<string, string>>;
	/** A data folder of its own for each test. */
	dataDir: string;
	/** The built service; a test fails if it complains or ends other than well. */
	service: RunningService;
	/** A test key for `service`. */
	testKey: string;
	/** A client of `service` with `testKey`, or with other credentials. */
	connect: (credentials?: Parameters<typeof TestClient.connect>[1]) => Promise<TestClient>;
}

export const test = base.extend<ServiceFixtures>({
	serviceEnv: [{}, { option: true }],
	// biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures off this pattern
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
		expect(service.complaints).toEqual([]);
	},
	testKey: ({ dataDir }, use) => createKey(dataDir, '--test').then(use),
	connect: async ({ service, testKey }, use) => {
		const clients: TestClient[] = [];
		await use(async (credentials = { apiKey: testKey }) => {
			const client = await TestClient.connect(service.url, credentials);
			clients.push(client);
			return client;
		});
		for (const client of clients) client.close();
	},
});

export { expect };
