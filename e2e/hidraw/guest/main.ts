import { readFileSync, writeSync } from 'node:fs';
import { type Result, toResultLine } from '../result-lines.ts';
import { measureWorkMs } from '../work-pace.ts';
import { CHECKS, type Check } from './checks.ts';
import { Emulator } from './emulator.ts';
import { GuestLog } from './guest-log.ts';
import { TestBench } from './test-bench.ts';

/*
 * What runs in the virtual machine: every check, one after the other, on one set of the service's parts.
 */

/** A hang is what this bounds, not speed: other processes may leave the machine little time. */
const CHECK_LIMIT_MS = 300_000;

/** User and group of nobody in particular. */
const ORDINARY_ID = 1_000;

const log = new GuestLog();
const slowdown = measureWorkMs() / Number(readFileSync('/app/host-work-ms', 'utf8'));

report({ plan: CHECKS.map(({ name }) => name) });
report({ note: `this machine is emulated and works ${slowdown.toFixed(1)} times slower than the one it runs on` });
const emulator = new Emulator(new URL('./emulator-process.js', import.meta.url));
// The one who plays the reader is root, the service is not.
process.setgid?.(ORDINARY_ID);
process.setuid?.(ORDINARY_ID);
const bench = await TestBench.create(emulator, log);
await bench.registry.start();
for (const check of CHECKS) await run(check);
await bench.close();
await emulator.close();
report({ isDone: true });
process.exit();

async function run(check: Check): Promise<void> {
	log.entries = [];
	try {
		report({ check: check.name, figure: await withinLimit(check.run(bench, slowdown)) });
	} catch (thrown) {
		report({ check: check.name, fault: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) });
		for (const { level, text } of log.entries) report({ note: `${level}: ${text}` });
	}
	await withinLimit(bench.unplug());
}

function withinLimit<T>(work: Promise<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error(`not done after ${CHECK_LIMIT_MS} ms`)), CHECK_LIMIT_MS);
		work.then(resolve, reject).finally(() => clearTimeout(timer));
	});
}

function report(result: Result): void {
	writeSync(process.stdout.fd, toResultLine(result));
}
