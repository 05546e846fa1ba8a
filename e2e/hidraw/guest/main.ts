import { readFileSync, writeSync } from 'node:fs';
import { measureWorkMs } from '../cpu-benchmark.ts';
import { type Result, toResultLine } from '../result-lines.ts';
import type { Check } from './check.ts';
import { discoveryChecks } from './discovery-checks.ts';
import { durabilityChecks } from './durability-checks.ts';
import { faultChecks } from './fault-checks.ts';
import { GuestLog } from './guest-log.ts';
import { scanChecks } from './scan-checks.ts';
import { SimulatorClient } from './simulator-client.ts';
import { ReaderTestHarness } from './test-harness.ts';

/*
 * The main program of the virtual machine: runs all checks in sequence with one instance of the service's components.
 */

const CHECKS: readonly Check[] = [...discoveryChecks, ...scanChecks, ...faultChecks, ...durabilityChecks];

/** Ends a check that hangs. It is generous, because the host may be busy. */
const CHECK_TIMEOUT_MS = 300_000;

/** Id of the unprivileged user and group. */
const UNPRIVILEGED_ID = 1_000;

const log = new GuestLog();
const slowdown = measureWorkMs() / Number(readFileSync('/app/host-work-ms', 'utf8'));

report({ plan: CHECKS.map(({ name }) => name) });
report({ note: `the emulated machine is ${slowdown.toFixed(1)} times slower than its host` });
const simulator = new SimulatorClient(new URL('./simulator-process.js', import.meta.url));
// The simulator stays root; this process, which runs the service, drops its privileges.
process.setgid?.(UNPRIVILEGED_ID);
process.setuid?.(UNPRIVILEGED_ID);
const harness = await ReaderTestHarness.create(simulator, log);
await harness.registry.start();
for (const check of CHECKS) await run(check);
await harness.close();
await simulator.close();
report({ isDone: true });
process.exit();

async function run(check: Check): Promise<void> {
	log.entries = [];
	try {
		report({ check: check.name, figure: await withTimeout(check.run(harness, slowdown)) });
	} catch (thrown) {
		report({ check: check.name, fault: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) });
		for (const { level, text } of log.entries) report({ note: `${level}: ${text}` });
	}
	await withTimeout(harness.unplug());
}

function withTimeout<T>(work: Promise<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error(`not done after ${CHECK_TIMEOUT_MS} ms`)), CHECK_TIMEOUT_MS);
		work.then(resolve, reject).finally(() => clearTimeout(timer));
	});
}

function report(result: Result): void {
	writeSync(process.stdout.fd, toResultLine(result));
}
