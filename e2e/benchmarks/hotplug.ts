import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { listHidDevices } from '../../src/devices/drivers/hid/discovery/list-hid-devices.ts';
import { watchHidrawIn } from '../../src/devices/drivers/hid/discovery/watch-hidraw.ts';
import { HidDriver } from '../../src/devices/drivers/hid/hid-driver.ts';
import { silentLogger as logger } from '../../src/log/silent-logger.ts';
import type { ScanServiceEvent } from '../../src/scans/scan-service.ts';
import { systemClock as clock } from '../../src/time/clock.ts';
import { HotplugSetup } from './hotplug-setup.ts';
import { quantile } from './statistics.ts';

/*
 * Measures plugging and unplugging of HID readers on Linux: `node e2e/benchmarks/hotplug.ts [ROUNDS]`. Driver, registry and scans
 * are those of the service; the module and its port are simulated, so that the time of USB and udev is not included. Baselines
 * of the same machine are printed as well.
 */
const SAMPLES = 30;
const IDLE_MS = 20_000;

const rounds = Number(process.argv[2] ?? 1_000);
await measureIdle();
await measureWatching();
await measureTimes();
await measureRounds();

/** Measures the baseline of an arrival: the operating system's notification about a new file. */
async function measureWatching(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'hotplug-'));
	const times: number[] = [];
	for (let sample = 0; sample < SAMPLES; sample++) {
		const node = new EventEmitter();
		const stop = watchHidrawIn(folder)(
			() => node.emit('changed'),
			(error) => node.emit('error', error),
		);
		const changed = timeUntil(node, 'changed');
		writeFileSync(join(folder, `hidraw${sample}`), '');
		times.push(await changed);
		stop();
	}
	rmSync(folder, { recursive: true });
	reportTimes('baseline: device node created to notification', times);
}

async function measureTimes(): Promise<void> {
	const arrivals: number[] = [];
	const ends: number[] = [];
	const departures: number[] = [];
	for (let sample = 0; sample < SAMPLES; sample++) {
		// A new module each time, because discovery does not probe a module that has answered again.
		const setup = await HotplugSetup.create({ isPaced: true });
		const arrived = timeUntil(setup.registry, 'connected');
		const opened = once(setup.registry, 'status');
		setup.plug();
		arrivals.push(await arrived);
		await opened;
		setup.scan();
		while (!setup.module.commands.includes('UpImage')) await wait(10);
		setup.scans.once('event', (_scan, event) => expectUnplugged(event));
		const ended = timeUntil(setup.scans, 'event');
		const departed = timeUntil(setup.registry, 'disconnected');
		setup.unplug();
		ends.push(await ended);
		departures.push(await departed);
		await setup.stop();
	}
	reportTimes('device node created to device:connected', arrivals);
	reportTimes('unplugged during image transfer to scan:error 1003', ends);
	reportTimes('unplugged during image transfer to device:disconnected', departures);
}

function expectUnplugged(event: ScanServiceEvent): void {
	if (event.type === 'scan:error' && event.error.code === 1_003) return;
	throw new Error(`The scan ended with ${event.type}`);
}

/** Resolves to the time from now until the event, ms. */
async function timeUntil(emitter: EventEmitter, event: string): Promise<number> {
	const begin = performance.now();
	await once(emitter, event);
	return performance.now() - begin;
}

async function measureRounds(): Promise<void> {
	const before = resources();
	const setup = await HotplugSetup.create({ isPaced: false });
	const runRounds = async (count: number) => {
		for (let round = 0; round < count; round++) await runRound(setup);
		return heapMegabytes();
	};
	// The first rounds fill caches and compile code, which is not a leak.
	const heapBefore = await runRounds(rounds / 2);
	const begin = performance.now();
	const heapAfter = await runRounds(rounds);
	const seconds = (performance.now() - begin) / 1_000;
	await setup.stop();
	report(`${rounds} rounds of plugging and unplugging`, `${seconds.toFixed(0)} s`);
	report('  ports opened, not closed exactly once', `${setup.ports.opened}, ${setup.ports.leaked}`);
	report('  heap before and after', `${heapBefore.toFixed(2)} MB, ${heapAfter.toFixed(2)} MB`);
	report('  timers and handles before and after', `${before}, ${resources()}`);
}

async function runRound(setup: HotplugSetup): Promise<void> {
	const opened = once(setup.registry, 'status');
	setup.plug();
	await opened;
	const departed = once(setup.registry, 'disconnected');
	setup.unplug();
	await departed;
}

async function measureIdle(): Promise<void> {
	const devices = await listHidDevices().catch(() => undefined);
	const what = devices === undefined ? 'node-hid does not load here, lists are empty' : `${devices.length} HID devices`;
	report('baseline: CPU of an idle process', await idleShare());
	const listDevices = devices === undefined ? async () => [] : listHidDevices;
	const driver = new HidDriver({ clock, logger, readers: [], listDevices: () => listDevices() });
	await driver.start({ arrived: () => {}, departed: () => {}, faulted: () => {}, crashed: () => {} });
	report(`CPU of idle discovery (${what})`, await idleShare());
	await driver.stop();
}

async function idleShare(): Promise<string> {
	// Waits until the start has finished.
	await wait(2_000);
	const before = process.cpuUsage();
	await wait(IDLE_MS);
	const { user, system } = process.cpuUsage(before);
	return `${((100 * (user + system)) / 1_000 / IDLE_MS).toFixed(3)} % of a core`;
}

function heapMegabytes(): number {
	setFlagsFromString('--expose-gc');
	runInNewContext('gc')();
	return process.memoryUsage().heapUsed / 1_048_576;
}

function resources(): number {
	return process.getActiveResourcesInfo().length;
}

function reportTimes(what: string, times: readonly number[]): void {
	const [median, p95] = [0.5, 0.95].map((share) => `${quantile(times, share).toFixed(1)} ms`);
	report(what, `median ${median}, 95 % within ${p95}, of ${times.length}`);
}

function report(what: string, value: string): void {
	process.stdout.write(`${what}: ${value}\n`);
}
