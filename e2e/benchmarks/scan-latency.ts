import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createApiKey } from '../support/command.ts';
import { ProtocolClient } from '../support/protocol-client.ts';
import { RunningService } from '../support/running-service.ts';
import { coreShare, residentMegabytes } from './process-usage.ts';
import { quantile } from './statistics.ts';

/*
 * Measures the built service on a virtual reader, on Linux: `npm run build && node e2e/benchmarks/scan-latency.ts [SCANS]`.
 * The times are measured in a client and include the WebSocket. Other load on the machine increases them.
 */
const DEVICE = 'device-001';
const STARTS = 10;
const IDLE_DURATION_MS = 20_000;
/** Idle workers end after 30 s. */
const WORKERS_END_MS = 35_000;
/** Setting `virtual.touchDelayMs`. */
const TOUCH_DELAY_MS = 700;

const scans = Number(process.argv[2] ?? 30);
const dataDir = await mkdtemp(join(tmpdir(), 'fingerprint-benchmark-'));
const apiKey = await createApiKey(dataDir, '--test');

report(
	'load of the machine before',
	loadavg()
		.map((load) => load.toFixed(1))
		.join(' '),
);
await measureStarts();
await measureManualTouches();
await measureAutomaticTouches();
report(
	'load of the machine after',
	loadavg()
		.map((load) => load.toFixed(1))
		.join(' '),
);
await rm(dataDir, { recursive: true });

async function measureStarts(): Promise<void> {
	const times: number[] = [];
	for (let start = 0; start < STARTS; start++) {
		const begin = performance.now();
		const service = await RunningService.start({ dataDir });
		times.push(performance.now() - begin);
		await service.stop();
	}
	reportTimes('start to "listening"', times);
}

async function measureManualTouches(): Promise<void> {
	const monitor = `--import=${new URL('./event-loop-monitor.ts', import.meta.url)}`;
	const env = { FINGERPRINT_VIRTUAL_AUTO_TOUCH: 'false', NODE_OPTIONS: monitor };
	await withService(env, async (service, client) => {
		const resting: number[] = [];
		const arriving: number[] = [];
		await longestDelay(service);
		for (let scan = 0; scan < scans; scan++) {
			resting.push(await scanRestingFinger(client, scan));
			arriving.push(await scanArrivingFinger(client, scan));
		}
		report('longest event loop delay during scans', await longestDelay(service));
		await wait(IDLE_DURATION_MS);
		report('longest event loop delay when idle, for comparison', await longestDelay(service));
		reportTimes('finger rests: scan:started to scan:complete', resting);
		reportTimes('finger arrives: virtual:ok to scan:complete', arriving);
	});
}

async function measureAutomaticTouches(): Promise<void> {
	await withService({}, async (service, client) => {
		await wait(1_000);
		report('memory when idle, before scans', `${residentMegabytes(service.pid).toFixed(0)} MB`);
		report('CPU when idle, one client', `${(await coreShare(service.pid, IDLE_DURATION_MS)).toFixed(2)} % of a core`);
		const times: number[] = [];
		for (let scan = 0; scan < scans; scan++) {
			client.send({ type: 'scan:start', deviceId: DEVICE });
			times.push((await timeUntilComplete(client, 'scan:started')) - TOUCH_DELAY_MS);
		}
		reportTimes(`automatic touch: ${TOUCH_DELAY_MS} ms after scan:started to scan:complete`, times);
		report('memory after scans', `${residentMegabytes(service.pid).toFixed(0)} MB`);
		await wait(WORKERS_END_MS);
		report('memory after idle workers have ended', `${residentMegabytes(service.pid).toFixed(0)} MB`);
	});
}

/** The finger touches before the scan starts. */
async function scanRestingFinger(client: ProtocolClient, seed: number): Promise<number> {
	await client.ask({ type: 'virtual:touch', deviceId: DEVICE, seed }, 'virtual:ok');
	client.send({ type: 'scan:start', deviceId: DEVICE });
	const time = await timeUntilComplete(client, 'scan:started');
	await client.ask({ type: 'virtual:lift', deviceId: DEVICE }, 'virtual:ok');
	return time;
}

/** The scan waits for the finger. */
async function scanArrivingFinger(client: ProtocolClient, seed: number): Promise<number> {
	await client.ask({ type: 'scan:start', deviceId: DEVICE }, 'scan:started');
	client.send({ type: 'virtual:touch', deviceId: DEVICE, seed });
	const time = await timeUntilComplete(client, 'virtual:ok');
	await client.ask({ type: 'virtual:lift', deviceId: DEVICE }, 'virtual:ok');
	return time;
}

async function timeUntilComplete(client: ProtocolClient, beginning: string): Promise<number> {
	await client.next(beginning);
	const begin = performance.now();
	const { type } = await client.next('scan:complete', 'scan:error');
	if (type !== 'scan:complete') throw new Error('A scan has failed');
	return performance.now() - begin;
}

async function withService(
	env: Readonly<Record<string, string>>,
	measure: (service: RunningService, client: ProtocolClient) => Promise<void>,
): Promise<void> {
	const service = await RunningService.start({ dataDir, env });
	const client = await ProtocolClient.connect(service.url, { apiKey });
	await client.next('auth:success');
	await measure(service, client);
	client.close();
	await service.stop();
}

/** Returns the longest delay since the last call; the service must have loaded `event-loop-monitor.ts`. */
async function longestDelay(service: RunningService): Promise<string> {
	const printedBefore = service.stdout.length;
	process.kill(service.pid, 'SIGUSR2');
	const printed = await service.waitForOutput(
		new RegExp(`(?<=[^]{${printedBefore}})longest event loop delay (.+ ms)\\n`),
	);
	return printed[1] ?? '';
}

function reportTimes(what: string, times: readonly number[]): void {
	const [median, p95] = [0.5, 0.95].map((share) => `${quantile(times, share).toFixed(0)} ms`);
	report(what, `median ${median}, 95 % within ${p95}, of ${times.length}`);
}

function report(what: string, value: string): void {
	process.stdout.write(`${what}: ${value}\n`);
}
