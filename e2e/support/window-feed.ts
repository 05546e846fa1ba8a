import type { BrowserContext, Page } from '@playwright/test';
import type { OperatorEvent } from '../../src/operator/contract.ts';
import { runCommand } from './command.ts';
import type { RunningService } from './running-service.ts';

/** A window in the browser that receives events of the test in addition to those of the service. */
export interface WindowFeed {
	/** Sends an event to the window, as if the service had sent it. */
	emit(event: OperatorEvent): void;
	/** While false, the service neither receives nor sends anything, but the connection stays open. */
	isAnswering: boolean;
}

/** Opens the window of a service with a new link. */
export async function openWindowWithFeed(
	page: Page,
	context: BrowserContext,
	service: RunningService,
	dataDir: string,
): Promise<WindowFeed> {
	let send = (_text: string): void => {};
	const feed: WindowFeed = {
		isAnswering: true,
		emit: (event) => send(JSON.stringify({ type: 'event', event })),
	};
	await context.routeWebSocket(/\/console\/socket$/, (socket) => {
		const server = socket.connectToServer();
		send = (text) => socket.send(text);
		socket.onMessage((text) => feed.isAnswering && server.send(text));
		server.onMessage((text) => feed.isAnswering && socket.send(text));
	});
	const { stdout } = await runCommand(['console', '--port', String(service.port)], { dataDir });
	await page.goto(stdout.trim());
	return feed;
}
