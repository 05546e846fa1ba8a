import { fileURLToPath } from 'node:url';
import type { MemoryRun } from './benchmarks/memory-samples.ts';
import { rate, type ServerReport, toServerTable } from './benchmarks/server-table.ts';
import { Program } from './support/program.ts';
import { expect, test } from './support/service-test.ts';

test.skip(process.platform !== 'linux', 'the benchmarks read /proc');

test('a measurement meets a requirement of its ratio from the limit on, and one of its figure below the limit', () => {
	const measurement = { name: 'pings', unit: 'round trips/s', service: 85, bare: 100 };
	const atLeast = { of: 'ratio', atLeast: 0.85 } as const;
	expect(rate(measurement)).toMatchObject({ ratio: 0.85, isMet: undefined });
	expect(rate({ ...measurement, requirement: atLeast }).isMet).toBe(true);
	expect(rate({ ...measurement, service: 84, requirement: atLeast }).isMet).toBe(false);
	expect(rate({ ...measurement, requirement: { of: 'service', below: 85 } }).isMet).toBe(false);
	expect(rate({ ...measurement, requirement: { of: 'service', below: 86 } }).isMet).toBe(true);
});

test('the table shows each figure beside its baseline and its requirement', () => {
	const requirement = { of: 'ratio', atLeast: 0.85 } as const;
	const measurements = [
		rate({ name: 'pings', unit: 'round trips/s', service: 170, bare: 200, requirement }),
		rate({ name: 'CPU', unit: '%', service: 0, bare: 0 }),
	];
	const report: ServerReport = { date: '2026-01-01', machine: 'a machine', load: [0, 1], measurements };
	expect(toServerTable(report)).toContain('| pings, round trips/s | 170 | 200 | 0.85 | ratio at least 0.85 | yes |');
	expect(toServerTable(report)).toContain('| CPU, % | 0.00 | 0.00 |  |  |  |');
});

test('the benchmark measures the service beside a bare server', async () => {
	const { code, stdout, stderr } = await run('bench', '--json', '--rounds', '1', '--seconds', '0.2', '--clients', '5');
	expect(code, stderr).toBe(0);
	const { machine, measurements }: ServerReport = JSON.parse(stdout);
	expect(machine).toMatch(/^\d+ cores \(.+\), linux .+, Node \d+/);
	expect(measurements.map(({ name }) => name)).toEqual([
		'pings with 1 clients',
		'pings with 5 clients',
		'fan-out to 5 clients',
		'memory of one of 5 connections',
		'scans on eight readers, baseline the engine alone',
		'start to "listening"',
		'CPU when idle with one client',
		'memory when idle with one client',
		'p99 of pings while a client without a key floods',
		'longest event loop delay while a client without a key floods',
		'p99 of pings while a client with a key floods',
		'longest event loop delay while a client with a key floods',
	]);
	for (const { name, service, bare } of measurements) {
		expect([typeof service, typeof bare], name).toEqual(['number', 'number']);
	}
});

test('the benchmark of the memory samples it during scans and restarts', async () => {
	const { code, stdout, stderr } = await run('memory', '--json', '--scans', '2', '--restarts', '2', '--rest', '0');
	expect(code, stderr).toBe(0);
	const runs: MemoryRun[] = JSON.parse(stdout);
	expect(runs.map(({ name, samples }) => [name, samples.map(({ after }) => after)])).toEqual([
		['scans', ['start', '1 scans', '2 scans', '0 s of rest']],
		['restarts', ['start', '1 restarts', '2 restarts', '0 s of rest']],
	]);
	for (const { samples } of runs) for (const { rss } of samples) expect(rss).toBeGreaterThan(20);
});

test('the benchmarks print an error and their usage for wrong arguments', async () => {
	for (const args of [['--fast'], ['--rounds', '0'], ['--only', 'nothing'], ['--clients', '251']]) {
		const { code, stderr } = await run('bench', ...args);
		expect([code, stderr]).toEqual([2, expect.stringMatching(/^error: .+\nusage: npm run bench -- /)]);
	}
	const { code, stderr } = await run('memory', '--scans', 'many');
	expect([code, stderr]).toEqual([2, expect.stringMatching(/^error: .+\nusage: npm run bench:memory -- /)]);
});

async function run(name: string, ...args: string[]) {
	const program = Program.start(process.execPath, [
		fileURLToPath(new URL(`./benchmarks/${name}.ts`, import.meta.url)),
		...args,
	]);
	const { code } = await program.exit;
	return { code, stdout: program.stdout, stderr: program.stderr };
}
