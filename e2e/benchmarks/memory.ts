import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createApiKey, runCommand } from '../support/command.ts';
import { ProtocolClient } from '../support/protocol-client.ts';
import { RunningService } from '../support/running-service.ts';
import { withTimeout } from '../support/timeout.ts';
import { type MemoryRun, type MemorySample, toMemoryTable, toSample } from './memory-samples.ts';

/*
 * Measures the memory of the built service during many scans and during many restarts, that is, stops and starts within one
 * program.
 */
const USAGE = `usage: npm run bench:memory -- [options]

  --scans N      automatic touches of the two virtual readers (20000); 0 leaves this run out
  --restarts N   stops and starts of the service (3000); 0 leaves this run out
  --rest N       seconds of rest before the last sample (60)
  --json         print the samples as JSON
`;

const DEVICES = ['device-001', 'device-002'];
/** Allowed RSS at the end, MB. */
const LIMITS = { scans: 160, restarts: 180 };
const SAMPLES = 10;
/** Makes the service print its memory on SIGUSR2. A file in TypeScript would add the memory of the compiler to it. */
const MONITOR = `
	import { isMainThread } from 'node:worker_threads';
	const print = () => process.stdout.write('memory ' + JSON.stringify(process.memoryUsage()) + String.fromCharCode(10));
	if (isMainThread) process.on('SIGUSR2', print);`;

const options = parseCall();
const dataDir = await mkdtemp(join(tmpdir(), 'fingerprint-benchmark-'));
const runs: MemoryRun[] = [];
try {
	if (options.scans > 0) runs.push(await measure('scans', options.scans, runScans));
	if (options.restarts > 0) runs.push(await measure('restarts', options.restarts, runRestarts));
} finally {
	await rm(dataDir, { recursive: true });
}
process.stdout.write(options.json ? `${JSON.stringify(runs, undefined, '\t')}\n` : runs.map(toMemoryTable).join('\n'));

/** @param work calls its last argument after each scan or restart */
async function measure(
	name: MemoryRun['name'],
	count: number,
	work: (service: RunningService, count: number, onDone: () => Promise<void>) => Promise<void>,
): Promise<MemoryRun> {
	const monitor = `--import=data:text/javascript,${encodeURIComponent(MONITOR)}`;
	const env = { NODE_OPTIONS: monitor, FINGERPRINT_VIRTUAL_TOUCH_DELAY_MS: '0' };
	const service = await RunningService.start({ dataDir, env });
	const begin = performance.now();
	const samples: MemorySample[] = [];
	const sample = async (after: string) => {
		samples.push(toSample(await readMemory(service), (performance.now() - begin) / 1_000, after));
	};
	await sample('start');
	let done = 0;
	await work(service, count, async () => {
		if (++done % Math.ceil(count / SAMPLES) === 0) await sample(`${done} ${name}`);
	});
	await wait(1_000 * options.rest);
	await sample(`${options.rest} s of rest`);
	await service.stop();
	const limit = LIMITS[name];
	return { name, count, samples, limit, isMet: (samples.at(-1)?.rss ?? 0) <= limit };
}

async function runScans(service: RunningService, count: number, onDone: () => Promise<void>): Promise<void> {
	const apiKey = await createApiKey(dataDir, '--test');
	let left = count;
	const scanReader = async (deviceId: string) => {
		const client = await ProtocolClient.connect(service.url, { apiKey });
		await client.next('auth:success');
		while (left-- > 0) {
			client.send({ type: 'scan:start', deviceId });
			const { type, code } = await client.next('scan:complete', 'scan:error');
			// A poor touch is a scan like any other.
			if (type === 'scan:error' && code !== 2001) throw new Error(`A scan failed with ${code}`);
			await onDone();
		}
		client.close();
	};
	await Promise.all(DEVICES.map(scanReader));
}

/** Restarts through the operator window's socket. */
async function runRestarts(service: RunningService, count: number, onDone: () => Promise<void>): Promise<void> {
	const { stdout: token } = await runCommand(['admin-token'], { dataDir });
	const socket = new WebSocket(`${service.url}/console/socket`);
	let onReply: (reply: RestartReply) => void = () => {};
	// One listener, because several messages can arrive at once.
	socket.addEventListener('message', ({ data }) => {
		const message: RestartReply = JSON.parse(data);
		if (message.type === 'reply') onReply(message);
	});
	await once(socket, 'open');
	const send = (message: object) => socket.send(JSON.stringify(message));
	send({ type: 'auth', token: token.trim() });
	for (let id = 1; id <= count; id++) {
		const reply = new Promise<RestartReply>((resolve) => (onReply = resolve));
		send({ type: 'call', id, operation: 'service:restart', input: {} });
		const { ok, result } = await withTimeout(reply, () => `the reply to restart ${id}`);
		if (!ok || result?.phase !== 'running') throw new Error(`Restart ${id} failed`);
		await onDone();
	}
	socket.close();
}

interface RestartReply {
	readonly type: string;
	readonly ok?: boolean;
	readonly result?: { readonly phase: string };
}

async function readMemory(service: RunningService): Promise<NodeJS.MemoryUsage> {
	const printedBefore = service.stdout.length;
	process.kill(service.pid, 'SIGUSR2');
	const [, usage = ''] = await service.waitForOutput(new RegExp(`(?<=[^]{${printedBefore}})memory (.+)\\n`));
	return JSON.parse(usage);
}

function parseCall() {
	try {
		const { values } = parseArgs({
			options: {
				scans: { type: 'string', default: '20000' },
				restarts: { type: 'string', default: '3000' },
				rest: { type: 'string', default: '60' },
				json: { type: 'boolean', default: false },
			},
		});
		const [scans, restarts, rest] = [values.scans, values.restarts, values.rest].map((text) => {
			if (!/^\d+$/.test(text)) refuse(`${text} is not a number of scans, restarts or seconds`);
			return Number(text);
		}) as [number, number, number];
		return { scans, restarts, rest, json: values.json };
	} catch (thrown) {
		refuse((thrown as Error).message);
	}
}

function refuse(fault: string): never {
	process.stderr.write(`error: ${fault}\n${USAGE}`);
	process.exit(2);
}
