import assert from 'node:assert/strict';
import { readdirSync, readlinkSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { Check } from './checks.ts';
import { formatMs } from './format-ms.ts';
import { median } from './median.ts';
import type { TestBench } from './test-bench.ts';

const ROUNDS = 200;
/** Rounds between two looks at what is held. In the first of these everything is made that is made once. */
const STAGE_ROUNDS = 50;
/** What is promised of a real machine, ms. */
const ARRIVAL_LIMIT_MS = 100;
/** Heap that a round may add for reasons of its own, bytes: compiled code, the times of scans; a reader that stays holds more. */
const HEAP_NOISE_BYTES = 4_000;
/** How often to look whether a device that is gone has been closed. */
const MAX_LOOKS = 100;
/** After so long nothing that was plugged in is looked for any more. */
const AFTER_CHANGE_MS = 2_000;
/** Two of the pauses between lists, and one list more may fall into it. */
const IDLE_MS = 10_000;

export const durabilityChecks: readonly Check[] = [
	{
		name: `${ROUNDS} times plugged in and pulled at every stage leave nothing behind`,
		run: async (bench, slowdown) => {
			const arrivals: number[] = [];
			const stages: Holdings[] = [];
			for (let round = 1; round <= ROUNDS; round++) {
				const arrival = await plugAndPull(bench, round);
				if (arrival !== undefined) arrivals.push(arrival);
				if (round % STAGE_ROUNDS === 0) stages.push(await holdings());
			}
			refuseGrowth(stages);
			const middle = median(arrivals);
			assert(middle < ARRIVAL_LIMIT_MS * slowdown, `plug to connected took ${formatMs(middle)}`);
			const heaps = stages.map(({ heapBytes }) => (heapBytes / 1e6).toFixed(2)).join(', ');
			const handles = stages.map((stage) => stage.handles).join(', ');
			const arrival = `plug to connected ${formatMs(middle)} in the middle, ${formatMs(Math.max(...arrivals))} at most`;
			return `${arrival}; each ${STAGE_ROUNDS} rounds ${handles} handles, ${heaps} MB of heap`;
		},
	},
	{
		name: 'a reader that nobody uses costs a list of the devices every few seconds',
		run: async (bench) => {
			await bench.plugAndWait();
			await setTimeout(AFTER_CHANGE_MS);
			const [lists, usage] = [bench.lists, process.cpuUsage()];
			await setTimeout(IDLE_MS);
			const { user, system } = process.cpuUsage(usage);
			const made = bench.lists - lists;
			assert(made >= 1 && made <= 3, `${made} lists in ${formatMs(IDLE_MS)}`);
			const share = (100 * (user + system)) / 1_000 / IDLE_MS;
			return `${made} in ${formatMs(IDLE_MS)}, ${share.toFixed(2)} % of this emulated core with all that the process does`;
		},
	},
];

/** @returns plug to connected, ms, in rounds that wait for it */
async function plugAndPull(bench: TestBench, round: number): Promise<number | undefined> {
	const pluggedAt = await bench.plug();
	const arrival = round % 4 === 0 ? undefined : await bench.waitFor('arrived');
	if (round % 4 >= 2) await bench.waitFor('idle');
	const scan = arrival !== undefined && round % 4 === 3 ? bench.scan(arrival.deviceId) : undefined;
	await bench.unplug();
	if (scan !== undefined) assert.equal((await scan.failed()).error.code, 1003);
	return arrival && arrival.at - pluggedAt;
}

/** What a leak would add to. */
interface Holdings {
	readonly handles: number;
	readonly heapBytes: number;
}

/** @throws AssertionError when the last stages hold more than the first */
function refuseGrowth([first, ...later]: readonly Holdings[]): void {
	const last = later.at(-1);
	assert(first !== undefined && last !== undefined);
	assert(last.handles <= first.handles, `${first.handles} handles have become ${last.handles}`);
	const growth = (last.heapBytes - first.heapBytes) / (later.length * STAGE_ROUNDS);
	assert(growth < HEAP_NOISE_BYTES, `the heap grew by ${growth.toFixed(0)} bytes a round`);
}

/** Once every device is closed, which is done behind the scenes. */
async function holdings(): Promise<Holdings> {
	const isDeviceOpen = () => openFiles().some((file) => file.includes('hidraw'));
	for (let look = 0; look < MAX_LOOKS && isDeviceOpen(); look++) await setTimeout(10);
	globalThis.gc?.();
	return { handles: openFiles().length, heapBytes: process.memoryUsage().heapUsed };
}

/** What each handle of this process leads to. */
function openFiles(): string[] {
	return readdirSync('/proc/self/fd').flatMap((handle) => {
		try {
			return readlinkSync(`/proc/self/fd/${handle}`);
		} catch {
			// The handle by which the folder was read.
			return [];
		}
	});
}
