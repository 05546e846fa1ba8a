import type { Page } from '@playwright/test';
import { runCommand } from './command.ts';
import { DESKTOP_HOST, type DesktopApp } from './desktop-app.ts';
import { test as base, expect, skipWithoutWindows } from './desktop-test.ts';
import { ProtocolClient } from './protocol-client.ts';
import { findUnexpectedLines, NO_LINE, RunningService, type ServiceOptions } from './running-service.ts';

/** Where the operator window runs: in a browser, served by the service, or in the desktop app. */
export type OperatorHost = 'console' | typeof DESKTOP_HOST;

const OPERATOR_HOSTS: readonly OperatorHost[] = ['console', DESKTOP_HOST];

/** An operator window of a running service, with clients for the other side. */
export interface Operator {
	readonly host: OperatorHost;
	readonly page: Page;
	/** The WebSocket address of the service. */
	readonly url: string;
	readonly dataDir: string;
	/** Opens a view by its name in the navigation. */
	goTo(view: string): Promise<void>;
	/** Connects a client with an admin token, which can control the virtual readers. */
	admin(): Promise<ProtocolClient>;
	/** Connects a client with an API key; resolves after authentication. */
	connect(apiKey: string): Promise<ProtocolClient>;
}

interface OperatorFixtures {
	/** Where the window runs; set by `onEachHost`. */
	host: OperatorHost;
	/** Environment variables of the service; set with `test.use`. */
	operatorEnv: Readonly<Record<string, string>>;
	/** Log lines of level warn and error that are expected; default: none. */
	expectedErrors: RegExp;
	/** A window of a new service. The test fails on unexpected errors of the page or service, and if the service does not exit with 0. */
	operator: Operator;
}

export const test = base.extend<OperatorFixtures>({
	host: ['console', { option: true }],
	operatorEnv: [{}, { option: true }],
	expectedErrors: [NO_LINE, { option: true }],
	operator: async ({ host, operatorEnv: env, page: blankPage, dataDir, launchDesktop, expectedErrors }, use) => {
		const open = () =>
			host === 'console'
				? openConsole(blankPage, { dataDir, env }, expectedErrors)
				: openDesktop(launchDesktop, { env, expectedErrors });
		const { page, url, stop } = await open();
		const pageErrors: string[] = [];
		page.on('pageerror', ({ message }) => pageErrors.push(message));
		page.on('console', (message) => message.type() === 'error' && pageErrors.push(message.text()));
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
		expect(pageErrors).toEqual([]);
		await stop();
	},
});

/** Declares tests once for each host of the window, which the title names. */
export function onEachHost(declare: () => void): void {
	for (const host of OPERATOR_HOSTS) {
		test.describe(`[${host}]`, () => {
			test.use({ host });
			declare();
		});
	}
}

async function goTo(page: Page, view: string): Promise<void> {
	await page.getByRole('navigation').getByRole('link', { name: view }).click();
	await expect(page.getByRole('heading', { level: 1, name: view, exact: true })).toBeVisible();
}

/** Starts a service and opens the link that `serve` prints. */
async function openConsole(page: Page, options: ServiceOptions, expectedErrors: RegExp) {
	const service = await RunningService.start(options);
	const [, link = ''] = await service.waitForOutput(/^operator window.*: (\S+)$/m);
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

/** Launches the desktop app. The fixture `launchDesktop` stops it and checks its log. */
async function openDesktop(launch: (options: LaunchOptions) => Promise<DesktopApp>, options: LaunchOptions) {
	const app = await launch(options);
	const page = await app.page();
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	return { page, url: await app.url(), stop: async () => {} };
}

export { expect, skipWithoutWindows };
