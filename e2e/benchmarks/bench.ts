import { mkdtemp, rm } from 'node:fs/promises';
import { arch, cpus, loadavg, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createApiKey } from '../support/command.ts';
import { Program } from '../support/program.ts';
import { LoadClient } from './load-client.ts';
import { fanOutRate, idleUsage, memoryPerConnection, pingRate, pingUnderFlood, startTime } from './measure-servers.ts';
import { type Measurement, rate, type ServerReport, toServerTable } from './server-table.ts';
import { type MeasuredServer, startBareServer, startService } from './servers.ts';
import { quantile } from './statistics.ts';

/*
 * Measures the built service, each figure beside that of a bare `ws` server in the same run, on Linux. This process is the load
 * generator.
 */
const USAGE = `usage: npm run bench -- [options]

  --json            print the results as JSON
  --only NAMES      comma-separated: ping, fan-out, scans, start, idle, flood (all)
  --rounds N        measurements of each figure, of which the median counts (7)
  --seconds N       duration of a measurement (2)
  --clients N       number of clients of the fan-out and of the memory, and largest of the pings, up to 250 (250)
`;

/** Numbers of clients that send pings. */
const PING_CLIENTS = [1, 100, 250];
/** Events that the fan-out sends to each client in a round; even, so that the reader is plugged in at the end. */
const EVENTS = 40;
const EIGHT_READERS = fileURLToPath(new URL('./eight-readers.ts', import.meta.url));
const SCANS_PER_READER_AND_SECOND = 5;
const PARTS = ['ping', 'fan-out', 'scans', 'start', 'idle', 'flood'];

const options = parseCall();
const durationMs = 1_000 * options.seconds;
const dataDir = await mkdtemp(join(tmpdir(), 'fingerprint-benchmark-'));
const apiKey = await createApiKey(dataDir, '--test');
const measurements: Measurement[] = [];
const [loadBefore = 0] = loadavg();
try {
	if (isSelected('ping')) await measurePings();
	if (isSelected('fan-out')) await measureFanOut();
	if (isSelected('scans')) await measureScans();
	if (isSelected('start')) await measureStart();
	if (isSelected('idle')) await measureIdle();
	if (isSelected('flood')) await measureFloods();
} finally {
	await rm(dataDir, { recursive: true });
}
const report: ServerReport = {
	date: new Date().toISOString(),
	machine: `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${platform()} ${arch()}, Node ${process.versions.node}`,
	load: [loadBefore, loadavg()[0] ?? 0],
	measurements: measurements.map(rate),
};
process.stdout.write(options.json ? `${JSON.stringify(report, undefined, '\t')}\n` : toServerTable(report));

async function measurePings(): Promise<void> {
	await withServers({}, async (servers) => {
		for (const count of new Set(PING_CLIENTS.map((clients) => Math.min(clients, options.clients)))) {
			const figures = await alternate(servers, async (server) => {
				const clients = await LoadClient.connectMany(count, server.url, apiKey);
				// Not counted: the first round trips compile code.
				await pingRate(clients, durationMs / 4);
				const result = await pingRate(clients, durationMs);
				await closeAll(clients);
				return result;
			});
			const requirement = count === 100 ? { requirement: { of: 'ratio', atLeast: 0.85 } as const } : {};
			measurements.push({ name: `pings with ${count} clients`, unit: 'round trips/s', ...figures, ...requirement });
		}
	});
}

async function measureFanOut(): Promise<void> {
	const memory = { service: 0, bare: 0 };
	await withServers({}, async (servers) => {
		const clients = { service: [] as LoadClient[], bare: [] as LoadClient[] };
		for (const server of servers) {
			const measured = await memoryPerConnection(server, apiKey, options.clients);
			clients[server.name] = measured.clients;
			memory[server.name] = measured.kilobytes;
			await fanOutRate(measured.clients, server, EVENTS);
		}
		const figures = await alternate(servers, (server) => fanOutRate(clients[server.name], server, EVENTS));
		const name = `fan-out to ${options.clients} clients`;
		measurements.push({ name, unit: 'events/s', ...figures, requirement: { of: 'ratio', atLeast: 0.9 } });
		for (const server of servers) await closeAll(clients[server.name]);
	});
	measurements.push({ name: `memory of one of ${options.clients} connections`, unit: 'kB', ...memory });
}

/** The baseline is the engine alone. */
async function measureScans(): Promise<void> {
	const scans = Math.ceil(options.seconds * SCANS_PER_READER_AND_SECOND);
	const rounds: { scans: number; bare: number; loopDelay: number }[] = [];
	for (let round = 0; round < options.rounds; round++) {
		const program = Program.start(process.execPath, [EIGHT_READERS, String(scans)]);
		const { code } = await program.exit;
		if (code !== 0) throw new Error(`The scans failed: ${program.stderr}`);
		rounds.push(JSON.parse(program.stdout));
	}
	const median = (figure: 'scans' | 'bare' | 'loopDelay') =>
		quantile(
			rounds.map((round) => round[figure]),
			0.5,
		);
	const name = 'scans on eight readers, baseline the engine alone';
	measurements.push({ name, unit: 'scans/s', service: median('scans'), bare: median('bare') });
	process.stderr.write(
		`longest event loop delay during scans on eight readers: ${median('loopDelay').toFixed(1)} ms\n`,
	);
}

async function measureStart(): Promise<void> {
	const times = { service: [] as number[], bare: [] as number[] };
	for (let round = 0; round < options.rounds; round++) {
		times.service.push(await startTime(() => startService(dataDir)));
		times.bare.push(await startTime(startBareServer));
	}
	measurements.push({ name: 'start to "listening"', unit: 'ms', ...medians(times) });
}

async function measureIdle(): Promise<void> {
	await withServers({}, async (servers) => {
		const cpu = { service: 0, bare: 0 };
		const memory = { service: 0, bare: 0 };
		for (const server of servers) {
			const usage = await idleUsage(server, apiKey, options.rounds * durationMs);
			cpu[server.name] = usage.cpuPercent;
			memory[server.name] = usage.megabytes;
		}
		measurements.push({ name: 'CPU when idle with one client', unit: '% of a core', ...cpu });
		measurements.push({ name: 'memory when idle with one client', unit: 'MB', ...memory });
	});
}

async function measureFloods(): Promise<void> {
	const limits = { isMonitored: true, hasLimits: true };
	for (const [who, floodKey] of [
		['without a key', undefined],
		['with a key', apiKey],
	] as const) {
		await withServers(limits, async (servers) => {
			const delays = { service: [] as number[], bare: [] as number[] };
			const figures = await alternate(servers, async (server) => {
				const { p99, loopDelay } = await pingUnderFlood(server, apiKey, { floodKey, durationMs });
				delays[server.name].push(loopDelay);
				return p99;
			});
			const requirement = { of: 'service', below: 25 } as const;
			measurements.push({ name: `p99 of pings while a client ${who} floods`, unit: 'ms', ...figures, requirement });
			const name = `longest event loop delay while a client ${who} floods`;
			measurements.push({ name, unit: 'ms', ...medians(delays) });
		});
	}
}

/** Runs both servers at the same time; only one at a time is under load. */
async function withServers(
	limits: Parameters<typeof startService>[1],
	measure: (servers: readonly MeasuredServer[]) => Promise<void>,
): Promise<void> {
	const servers = [await startService(dataDir, limits), await startBareServer(limits)];
	try {
		await measure(servers);
	} finally {
		for (const server of servers) await server.stop();
	}
}

/** Measures the servers in turn, so that other load on the machine affects both, and returns the medians. */
async function alternate(
	servers: readonly MeasuredServer[],
	measure: (server: MeasuredServer) => Promise<number>,
): Promise<Record<MeasuredServer['name'], number>> {
	const figures = { service: [] as number[], bare: [] as number[] };
	for (let round = 0; round < options.rounds; round++) {
		for (const server of servers) figures[server.name].push(await measure(server));
	}
	return medians(figures);
}

function medians(figures: Record<MeasuredServer['name'], readonly number[]>) {
	return { service: quantile(figures.service, 0.5), bare: quantile(figures.bare, 0.5) };
}

async function closeAll(clients: readonly LoadClient[]): Promise<void> {
	await Promise.all(clients.map((client) => client.close()));
}

function isSelected(part: string): boolean {
	return options.only.includes(part);
}

function parseCall() {
	try {
		const { values } = parseArgs({
			options: {
				json: { type: 'boolean', default: false },
				only: { type: 'string', default: PARTS.join() },
				rounds: { type: 'string', default: '7' },
				seconds: { type: 'string', default: '2' },
				clients: { type: 'string', default: '250' },
			},
		});
		const [rounds, seconds, clients] = [values.rounds, values.seconds, values.clients].map(Number) as [
			number,
			number,
			number,
		];
		const only = values.only.split(',');
		const unknown = only.find((part) => !PARTS.includes(part));
		if (unknown !== undefined) refuse(`"${unknown}" is not a part of the benchmark`);
		if (!(Number.isInteger(rounds) && rounds > 0)) refuse('--rounds must be a whole number from 1');
		if (!(seconds > 0)) refuse('--seconds must be a number above 0');
		if (!(Number.isInteger(clients) && clients > 0 && clients <= 250)) refuse('--clients must be from 1 to 250');
		return { json: values.json, only, rounds, seconds, clients };
	} catch (thrown) {
		refuse((thrown as Error).message);
	}
}

function refuse(fault: string): never {
	process.stderr.write(`error: ${fault}\n${USAGE}`);
	process.exit(2);
}
