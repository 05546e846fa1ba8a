import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { TestCounts } from '../support/test-counts.ts';
import { bundleGuest } from './bundle-guest.ts';
import { writeCpioArchive } from './cpio-archive.ts';
import { measureWorkMs } from './cpu-benchmark.ts';
import { collectGuestFiles } from './guest-files.ts';
import { GuestReport } from './guest-report.ts';
import { synthesiseImages } from './synthesise-images.ts';
import { type MachineFiles, prepareMachine, runMachine } from './virtual-machine.ts';

/*
 * `npm run test:hidraw` tests the HID driver against hidraw of a real Linux kernel, without reader hardware. It takes about
 * two minutes.
 *
 * It boots a virtual machine whose kernel supports simulated HID devices (uhid). One process there, run by root, simulates a
 * CP2110 with an EF01 module: the simulator of the unit tests, with synthetic fingerprints and the speed of a real serial
 * line. Another process, run by an unprivileged user, runs HidDriver, DeviceRegistry, ScanService and WorkerEngine with the
 * installed node-hid, as the service does.
 *
 * This tests that node-hid, hidraw and the driver find, open, use, lose and close a device as the unit tests assume, with all
 * bytes passing through the kernel, and that they leak nothing. It does not test real CP2110 chips and modules (the simulators
 * are based on the same manuals as the driver), USB, udev, or other operating systems. Durations are those of an emulated
 * processor; the limits are multiplied by how much slower it is.
 *
 * Nothing is installed: Debian packages are unpacked into node_modules/.cache. The run is skipped, with the reason, unless it
 * runs on Linux on x64 with apt.
 */

/** Ends a run that hangs. */
const RUN_TIMEOUT_MS = 600_000;

const { values } = parseArgs({ options: { report: { type: 'string' } } });
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort());
const startedAt = performance.now();
const machine = tryPrepareMachine();
const counts = machine === undefined ? { passed: 0, failed: 0, skipped: 1 } : await runChecks(machine);
if (values.report !== undefined) writeFileSync(values.report, JSON.stringify(counts));
if (machine !== undefined) {
	const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
	printLine(`hidraw: ${counts.passed} passed, ${counts.failed} failed, after ${seconds} s`);
}
process.exitCode = counts.failed === 0 ? 0 : 1;

function tryPrepareMachine(): MachineFiles | undefined {
	try {
		return prepareMachine();
	} catch (thrown) {
		printLine(`hidraw: skipped: ${thrown instanceof Error ? thrown.message : thrown}`);
		return undefined;
	}
}

async function runChecks(machine: MachineFiles): Promise<TestCounts> {
	const work = mkdtempSync(join(tmpdir(), 'fingerprint-hidraw-'));
	try {
		const initramfs = join(work, 'initramfs.cpio');
		const program = join(work, 'program');
		await bundleGuest(program);
		const guest = { debian: machine.debian, work, program, images: await synthesiseImages(), workMs: measureWorkMs() };
		writeCpioArchive(initramfs, collectGuestFiles(guest));
		const report = new GuestReport(printLine);
		const onLine = (line: string) => report.addLine(line);
		const { signal } = interruption;
		const qemuErrors = await runMachine(machine, { initramfs, timeoutMs: RUN_TIMEOUT_MS, signal, onLine });
		if (qemuErrors !== '') printLine(`  qemu: ${qemuErrors}`);
		return report.finish();
	} finally {
		rmSync(work, { recursive: true });
	}
}

function printLine(line: string): void {
	process.stdout.write(`${line}\n`);
}
