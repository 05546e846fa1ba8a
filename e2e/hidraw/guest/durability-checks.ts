import assert from 'node:assert/strict';
import { readdirSync, readlinkSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { Check } from './check.ts';
import { formatMs, median } from './measurements.ts';
import type { ReaderTestHarness } from './test-harness.ts';

const ROUNDS = 200;
/** Rounds between two measurements of resources. The first stage also allocates everything that is allocated once. */
const STAGE_ROUNDS = 50;
/** Limit for a real machine, ms. */
const MAX_ARRIVAL_MS = 100;
/** Heap growth per round that is tolerated, bytes: compiled code, times of scans. A leaked reader needs more. */
const HEAP_NOISE_BYTES = 4_000;
/** How often to check whether an unplugged device has been closed. */
const MAX_POLLS = 100;
/** After this time discovery has finished the extra lists that follow a change, ms. */
const SETTLE_DELAY_MS = 2_000;
/** Two intervals between lists, ms; up to three lists fall into it. */
const IDLE_INTERVAL_MS = 10_000;

export const durabilityChecks: readonly Check[] = [
	{
		name: `plugging in and unplugging ${ROUNDS} times at different stages leaks nothing`,
		run: async (harness, slowdown) => {
			const arrivals: number[] = [];
			const stages: Resources[] = [];
			for (let round = 1; round <= ROUNDS; round++) {
				const arrival = await plugAndUnplug(harness, round);
				if (arrival !== undefined) arrivals.push(arrival);
				if (round % STAGE_ROUNDS === 0) stages.push(await measureResources());
			}
			assertNoGrowth(stages);
			const middle = median(arrivals);
			assert(middle < MAX_ARRIVAL_MS * slowdown, `plug to connected took ${formatMs(middle)}`);
			const heaps = stages.map(({ heapBytes }) => (heapBytes / 1e6).toFixed(2)).join(', ');
			const handles = stages.map((stage) => stage.handles).join(', ');
			const arrival = `plug to connected ${formatMs(middle)} median, ${formatMs(Math.max(...arrivals))} maximum`;
			return `${arrival}; after every ${STAGE_ROUNDS} rounds: ${handles} handles, ${heaps} MB of heap`;
		},
	},
	{
		name: 'an unused reader costs one list of the devices every few seconds',
		run: async (harness) => {
			await harness.plugAndWait();
			await setTimeout(SETTLE_DELAY_MS);
			const [lists, usage] = [harness.lists, process.cpuUsage()];
			await setTimeout(IDLE_INTERVAL_MS);
			const { user, system } = process.cpuUsage(usage);
			const made = harness.lists - lists;
			assert(made >= 1 && made <= 3, `${made} lists in ${formatMs(IDLE_INTERVAL_MS)}`);
			const share = (100 * (user + system)) / 1_000 / IDLE_INTERVAL_MS;
			return `${made} lists in ${formatMs(IDLE_INTERVAL_MS)}; the whole process used ${share.toFixed(2)} % of the emulated core`;
		},
	},
];

/** Returns the time from plug to connected, ms, in rounds that wait for the connection. */
async function plugAndUnplug(harness: ReaderTestHarness, round: number): Promise<number | undefined> {
	const pluggedAt = await harness.plug();
	const arrival = round % 4 === 0 ? undefined : await harness.waitFor('arrived');
	if (round % 4 >= 2) await harness.waitFor('idle');
	const scan = arrival !== undefined && round % 4 === 3 ? harness.scan(arrival.deviceId) : undefined;
	await harness.unplug();
	if (scan !== undefined) assert.equal((await scan.failed()).error.code, 1003);
	return arrival && arrival.at - pluggedAt;
}

/** Resources that a leak would increase. */
interface Resources {
	readonly handles: number;
	readonly heapBytes: number;
}

/** @throws AssertionError when the last stage uses more than the first */
function assertNoGrowth([first, ...later]: readonly Resources[]): void {
	const last = later.at(-1);
	assert(first !== undefined && last !== undefined);
	assert(last.handles <= first.handles, `the handles grew from ${first.handles} to ${last.handles}`);
	const growth = (last.heapBytes - first.heapBytes) / (later.length * STAGE_ROUNDS);
	assert(growth < HEAP_NOISE_BYTES, `the heap grew by ${growth.toFixed(0)} bytes per round`);
}

/** Measures once every device is closed, which happens in the background. */
async function measureResources(): Promise<Resources> {
	const isDeviceOpen = () => openFiles().some((file) => file.includes('hidraw'));
	for (let polls = 0; polls < MAX_POLLS && isDeviceOpen(); polls++) await setTimeout(10);
	globalThis.gc?.();
	return { handles: openFiles().length, heapBytes: process.memoryUsage().heapUsed };
}

/** Returns the target of each open handle of this process. */
function openFiles(): string[] {
	return readdirSync('/proc/self/fd').flatMap((handle) => {
		try {
			return readlinkSync(`/proc/self/fd/${handle}`);
		} catch {
			// This is the handle that was used to read the folder; it is closed already.
			return [];
		}
	});
}
