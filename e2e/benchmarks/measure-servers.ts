import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Program } from '../support/program.ts';
import { withTimeout } from '../support/timeout.ts';
import { LoadClient } from './load-client.ts';
import { coreShare, residentMegabytes } from './process-usage.ts';
import type { MeasuredServer } from './servers.ts';
import { quantile } from './statistics.ts';

const FLOOD = fileURLToPath(new URL('./flood.ts', import.meta.url));
/** Time between two pings of the honest client during a flood, ms. */
const PING_INTERVAL_MS = 5;
/** Time for a server to finish what clients have caused, ms. */
const SETTLE_MS = 500;

/** Returns the round trips per second of clients that each send a ping when they receive the pong. */
export async function pingRate(clients: readonly LoadClient[], durationMs: number): Promise<number> {
	let [count, open] = [0, clients.length];
	const begin = performance.now();
	const finished = new Promise<void>((resolve) => {
		for (const client of clients) {
			client.onPong = () => {
				count++;
				if (performance.now() - begin < durationMs) client.ping();
				else if (--open === 0) resolve();
			};
			client.ping();
		}
	});
	await withTimeout(finished, () => 'the last pong');
	return (1_000 * count) / (performance.now() - begin);
}

/** Returns how many events per second arrive when the server sends this many, one after another, to each client. */
export async function fanOutRate(
	clients: readonly LoadClient[],
	{ broadcast }: MeasuredServer,
	rounds: number,
): Promise<number> {
	let missing = clients.length * rounds;
	const received = new Promise<void>((resolve) => {
		for (const client of clients) {
			client.onEvent = (text) => {
				if (text.startsWith('{"type":"device:') && --missing === 0) resolve();
			};
		}
	});
	const begin = performance.now();
	for (let round = 0; round < rounds; round++) clients[0]?.send(broadcast(round));
	await withTimeout(received, () => `${missing} events`);
	return (clients.length * rounds) / ((performance.now() - begin) / 1_000);
}

/** Returns the memory that a connection takes, kB, and the clients that it connects, which the caller closes. */
export async function memoryPerConnection(server: MeasuredServer, apiKey: string, count: number) {
	// The first client loads code, which is not the memory of a connection.
	await (await LoadClient.connect(server.url, apiKey)).close();
	await wait(SETTLE_MS);
	const before = residentMegabytes(server.pid);
	const clients = await LoadClient.connectMany(count, server.url, apiKey);
	await wait(SETTLE_MS);
	return { kilobytes: (1_024 * (residentMegabytes(server.pid) - before)) / count, clients };
}

/** Returns the time from the start of the process to "listening", ms. @param start starts the server */
export async function startTime(start: () => Promise<MeasuredServer>): Promise<number> {
	const begin = performance.now();
	const server = await start();
	const time = performance.now() - begin;
	await server.stop();
	return time;
}

/** Returns the use of a server with one client that is idle. */
export async function idleUsage(server: MeasuredServer, apiKey: string, durationMs: number) {
	const client = await LoadClient.connect(server.url, apiKey);
	await wait(2 * SETTLE_MS);
	const cpuPercent = await coreShare(server.pid, durationMs);
	const megabytes = residentMegabytes(server.pid);
	await client.close();
	return { cpuPercent, megabytes };
}

/**
 * Measures an honest client while another program floods the server.
 *
 * @param floodKey the key of the flooding client; `undefined` = it does not authenticate
 * @returns ms
 */
export async function pingUnderFlood(
	server: MeasuredServer,
	apiKey: string,
	{ floodKey, durationMs }: { readonly floodKey: string | undefined; readonly durationMs: number },
) {
	const client = await LoadClient.connect(server.url, apiKey);
	const flood = Program.start(process.execPath, [FLOOD, server.url, ...(floodKey === undefined ? [] : [floodKey])]);
	try {
		await flood.waitForOutput(/^flooding$/m);
		await server.longestDelay();
		const times = await pingRegularly(client, durationMs);
		return { p99: quantile(times, 0.99), median: quantile(times, 0.5), loopDelay: await server.longestDelay() };
	} finally {
		await flood.end('SIGKILL');
		await client.close();
	}
}

/** Pings at regular intervals; a round trip that takes longer delays the next ping. @returns round trip times, ms */
async function pingRegularly(client: LoadClient, durationMs: number): Promise<number[]> {
	const times: number[] = [];
	const end = performance.now() + durationMs;
	while (performance.now() < end) {
		const pong = new Promise<number>((resolve) => (client.onPong = resolve));
		client.ping();
		times.push(await withTimeout(pong, () => 'a pong during a flood'));
		await wait(PING_INTERVAL_MS);
	}
	return times;
}
