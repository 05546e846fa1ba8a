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
import { quantile } from './quantile.ts';

/*
 * Measures how HID readers come and go, on Linux: `node e2e/benchmarks/hotplug.ts [ROUNDS]`. Driver, registry and scans are the
 * service's; the module and its port are simulated, so that what USB and udev take comes on top. Each figure has beside it
 * what the same machine takes for doing nothing.
 */
const SAMPLES = 30;
const IDLE_MS = 20_000;

const rounds = Number(process.argv[2] ?? 1_000);
await measureIdle();
await measureWatching();
await measureTimes();
await measureRounds();

/** The baseline of an arrival: the system tells that a file is there. */
async function measureWatching(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'hotplug-'));
	const times: number[] = [];
	for (let sample = 0; sample < SAMPLES; sample++) {
		const node = new EventEmitter();
		const stop = watchHidrawIn(folder)(
			() => node.emit('told'),
			(error) => node.emit('error', error),
		);
		const told = timeUntil(node, 'told');
		writeFileSync(join(folder, `hidraw${sample}`), '');
		times.push(await told);
		stop();
	}
	rmSync(folder, { recursive: true });
	reportTimes('baseline: a node appears, the watch tells', times);
}

async function measureTimes(): Promise<void> {
	const arrivals: number[] = [];
	const ends: number[] = [];
	const departures: number[] = [];
	for (let sample = 0; sample < SAMPLES; sample++) {
		// A new one each time: a module that has answered once would not be asked again.
		const plugged = await HotplugSetup.create({ isPaced: true });
		const arrived = timeUntil(plugged.registry, 'connected');
		const opened = once(plugged.registry, 'status');
		plugged.plug();
		arrivals.push(await arrived);
		await opened;
		plugged.scan();
		while (!plugged.module.commands.includes('UpImage')) await wait(10);
		plugged.scans.once('event', (_scan, event) => expectUnplugged(event));
		const ended = timeUntil(plugged.scans, 'event');
		const departed = timeUntil(plugged.registry, 'disconnected');
		plugged.unplug();
		ends.push(await ended);
		departures.push(await departed);
		await plugged.stop();
	}
	reportTimes('a node appears, device:connected', arrivals);
	reportTimes('unplugged in mid-picture, scan:error 1003', ends);
	reportTimes('unplugged in mid-picture, device:disconnected', departures);
}

function expectUnplugged(event: ScanServiceEvent): void {
	if (event.type === 'scan:error' && event.error.code === 1_003) return;
	throw new Error(`The scan ended with ${event.type}`);
}

/** How long it takes from now, ms. */
async function timeUntil(emitter: EventEmitter, event: string): Promise<number> {
	const begin = performance.now();
	await once(emitter, event);
	return performance.now() - begin;
}

async function measureRounds(): Promise<void> {
	const before = resources();
	const plugged = await HotplugSetup.create({ isPaced: false });
	const playRounds = async (count: number) => {
		for (let round = 0; round < count; round++) await playRound(plugged);
		return heapMegabytes();
	};
	// What is compiled and cached by and by is no leak.
	const heapBefore = await playRounds(rounds / 2);
	const begin = performance.now();
	const heapAfter = await playRounds(rounds);
	const seconds = (performance.now() - begin) / 1_000;
	await plugged.stop();
	report(`${rounds} rounds of plugging and unplugging`, `${seconds.toFixed(0)} s`);
	report('  ports opened, not closed once', `${plugged.ports.opened}, ${plugged.ports.leaked}`);
	report('  heap before and after', `${heapBefore.toFixed(2)} MB, ${heapAfter.toFixed(2)} MB`);
	report('  timers and handles before and after', `${before}, ${resources()}`);
}

async function playRound(plugged: HotplugSetup): Promise<void> {
	const opened = once(plugged.registry, 'status');
	plugged.plug();
	await opened;
	const departed = once(plugged.registry, 'disconnected');
	plugged.unplug();
	await departed;
}

async function measureIdle(): Promise<void> {
	const devices = await listHidDevices().catch(() => undefined);
	const what = devices === undefined ? 'node-hid does not load here, lists are empty' : `${devices.length} HID devices`;
	report('baseline: CPU of a process that waits', await idleShare());
	const listDevices = devices === undefined ? async () => [] : listHidDevices;
	const driver = new HidDriver({ clock, logger, readers: [], listDevices: () => listDevices() });
	await driver.start({ arrived: () => {}, departed: () => {}, faulted: () => {}, crashed: () => {} });
	report(`CPU of discovery at rest (${what})`, await idleShare());
	await driver.stop();
}

async function idleShare(): Promise<string> {
	// What has just begun comes to rest first.
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
