import type { Page } from '@playwright/test';
import { runCommand } from './command.ts';
import { DESKTOP_HOST, type DesktopApp } from './desktop-app.ts';
import { test as base, expect, skipWithoutWindows } from './desktop-test.ts';
import { ProtocolClient } from './protocol-client.ts';
import { findUnexpectedLines, NO_LINE, RunningService, type ServiceOptions } from './running-service.ts';

/** Where the operator's window can be: in a browser, served by the service, or in the desktop app. */
export type OperatorHost = 'console' | typeof DESKTOP_HOST;

const OPERATOR_HOSTS: readonly OperatorHost[] = ['console', DESKTOP_HOST];

/** The operator at the window of a running service. */
export interface Operator {
	readonly host: OperatorHost;
	readonly page: Page;
	/** Where pages connect to the service. */
	readonly url: string;
	readonly dataDir: string;
	/** Go to a view by the name in the navigation. */
	goTo(view: string): Promise<void>;
	/** A client with every right, to drive the virtual readers with. */
	admin(): Promise<ProtocolClient>;
	/** A client with an API key; resolves once it is let in. */
	connect(apiKey: string): Promise<ProtocolClient>;
}

interface OperatorFixtures {
	/** Where the window is; set by `onEachHost`. */
	host: OperatorHost;
	/** Environment of the service; set with `test.use`. */
	operatorEnv: Readonly<Record<string, string>>;
	/** What the service may complain of in its log; default: nothing. */
	expectedErrors: RegExp;
	/** An operator at a fresh service; the test fails if page or service complain, or the service ends other than well. */
	operator: Operator;
}

export const test = base.extend<OperatorFixtures>({
	host: ['console', { option: true }],
	operatorEnv: [{}, { option: true }],
	expectedErrors: [NO_LINE, { option: true }],
	operator: async ({ host, operatorEnv: env, page: blank, dataDir, launchDesktop, expectedErrors }, use) => {
		const open = () =>
			host === 'console'
				? openConsole(blank, { dataDir, env }, expectedErrors)
				: openDesktop(launchDesktop, { env, expectedErrors });
		const { page, url, stop } = await open();
		const faults: string[] = [];
		page.on('pageerror', ({ message }) => faults.push(message));
		page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
		const clients: ProtocolClient[] = [];
		const join = async (credentials: Parameters<typeof ProtocolClient.connect>[1]) => {
			const client = await ProtocolClient.connect(url, credentials);
			clients.push(client);
			await client.next('auth:success');
			return client;
		};
		await use({
			host,
			page,
			url,
			dataDir,
			goTo: (view) => goTo(page, view),
			admin: async () => join({ token: (await runCommand(['admin-token'], { dataDir })).stdout.trim() }),
			connect: (apiKey) => join({ apiKey }),
		});
		for (const client of clients) client.close();
		expect(faults).toEqual([]);
		await stop();
	},
});

/** Declare tests once for each place where the window can be; the title says which. */
export function onEachHost(declare: () => void): void {
	for (const host of OPERATOR_HOSTS) {
		test.describe(`[${host}]`, () => {
			test.use({ host });
			declare();
		});
	}
}

/** Skip the tests of a file where there is no browser for the window. */
export { skipWithoutWindows };

async function goTo(page: Page, view: string): Promise<void> {
	await page.getByRole('navigation').getByRole('link', { name: view }).click();
	await expect(page.getByRole('heading', { level: 1, name: view, exact: true })).toBeVisible();
}

/** Open the link that `serve` prints, as an operator would. */
async function openConsole(page: Page, options: ServiceOptions, expectedErrors: RegExp) {
	const service = await RunningService.start(options);
	const [, link = ''] = await service.waitForOutput(/^operator's window.*: (\S+)$/m);
	await page.setViewportSize({ width: 960, height: 640 });
	await page.goto(link);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	const stop = async () => {
		expect(await service.stop(), service.log).toEqual({ code: 0, signal: null });
		expect(findUnexpectedLines(service.log, expectedErrors)).toEqual([]);
	};
	return { page, url: service.url, stop };
}

interface LaunchOptions {
	readonly env: Readonly<Record<string, string>>;
	readonly expectedErrors: RegExp;
}

/** It is stopped, and its expectedErrors are heard, by the fixture that launches it. */
async function openDesktop(launch: (options: LaunchOptions) => Promise<DesktopApp>, options: LaunchOptions) {
	const app = await launch(options);
	const page = await app.page();
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	return { page, url: await app.url(), stop: async () => {} };
}

export { expect };
