import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { TestCounts } from '../support/test-counts.ts';
import { bundleGuest } from './bundle-guest.ts';
import { writeCpioArchive } from './cpio-archive.ts';
import { drawPictures } from './draw-pictures.ts';
import { collectGuestFiles } from './guest-files.ts';
import { GuestReport } from './guest-report.ts';
import { type MachineParts, prepareMachine, runMachine } from './virtual-machine.ts';
import { measureWorkMs } from './work-pace.ts';

/*
 * `npm run test:hidraw`: the service's driver for HID readers against the hidraw of a real kernel, with no reader at hand.
 *
 * A virtual machine is booted whose kernel can play HID devices (uhid). One process in it plays a CP2110 with an EF01
 * module, which is the simulator of the unit tests with drawn fingerprints on its sensor, at the pace of its line. Another
 * one, of an ordinary user, runs HidDriver, DeviceRegistry, ScanService and WorkerEngine as the service does, with node-hid
 * as it is installed.
 *
 * What this shows: that node-hid, hidraw and the driver find, open, use, lose and give back a device as the unit tests
 * assume, with all the bytes going through the kernel, and that nothing stays behind. What it cannot show: that a real
 * CP2110 or a real module behaves as the simulated ones, which come from the same reading of the manuals as the driver;
 * USB itself; udev; anything about other systems. Durations are those of an emulated processor; limits are stretched by how
 * much slower it is.
 *
 * Nothing is installed: packages of Debian are unpacked into node_modules/.cache. Skipped, with the reason, elsewhere than
 * on Linux on x64 with apt.
 */

/** Bounds a hang; the checks take some two minutes, most of them at the pace of a serial line. */
const LIMIT_MS = 600_000;

const { values } = parseArgs({ options: { report: { type: 'string' } } });
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort());
const startedAt = performance.now();
const parts = tryPrepareMachine();
const counts = parts === undefined ? { passed: 0, failed: 0, skipped: 1 } : await runChecks(parts);
if (values.report !== undefined) writeFileSync(values.report, JSON.stringify(counts));
if (parts !== undefined) {
	const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
	say(`hidraw: ${counts.passed} passed, ${counts.failed} failed, after ${seconds} s`);
}
process.exitCode = counts.failed === 0 ? 0 : 1;

function tryPrepareMachine(): MachineParts | undefined {
	try {
		return prepareMachine();
	} catch (thrown) {
		say(`hidraw: skipped, as ${thrown instanceof Error ? thrown.message : thrown}`);
		return undefined;
	}
}

async function runChecks(machine: MachineParts): Promise<TestCounts> {
	const work = mkdtempSync(join(tmpdir(), 'fingerprint-hidraw-'));
	try {
		const initramfs = join(work, 'initramfs.cpio');
		const program = join(work, 'program');
		await bundleGuest(program);
		const guest = { debian: machine.debian, work, program, pictures: await drawPictures(), workMs: measureWorkMs() };
		writeCpioArchive(initramfs, collectGuestFiles(guest));
		const report = new GuestReport(say);
		const onLine = (line: string) => report.hear(line);
		const { signal } = interruption;
		const complaint = await runMachine(machine, { initramfs, limitMs: LIMIT_MS, signal, onLine });
		if (complaint !== '') say(`  qemu: ${complaint}`);
		return report.finish();
	} finally {
		rmSync(work, { recursive: true });
	}
}

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}
