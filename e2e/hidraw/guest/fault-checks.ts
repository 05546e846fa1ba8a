import assert from 'node:assert/strict';
import type { Check } from './check.ts';
import { formatMs, median } from './measurements.ts';
import type { ReaderTestHarness } from './test-harness.ts';

/** More answers than any check requests. */
const MANY_ANSWERS = 1_000_000;
/** Limit for a real machine, ms. */
const MAX_UNPLUG_MS = 100;

export const faultChecks: readonly Check[] = [
	{
		name: 'unplugging a reader during an upload ends the scan with 1003, and the reader keeps its id',
		run: async (harness, slowdown) => {
			const delays: number[] = [];
			for (const afterReports of [1, 50, 100, 200, 400]) delays.push(await unplugDuringUpload(harness, afterReports));
			const { id } = await harness.plugAndWait();
			assert.equal(id, 'device-001');
			await scanOnce(harness, id);
			const middle = median(delays);
			assert(middle < MAX_UNPLUG_MS * slowdown, `unplug to error took ${formatMs(middle)}`);
			return `unplug to error ${formatMs(middle)}, the median of ${delays.map(formatMs).join(', ')}`;
		},
	},
	{
		name: 'an image with wrong checksums is fetched again',
		run: async (harness) => {
			const { id } = await harness.plugAndWait('r503');
			await harness.simulator.execute({ do: 'inject-fault', fault: 'wrong-checksum', times: 1 });
			const duration = await scanOnce(harness, id);
			await harness.log.waitFor('The image is fetched again');
			return `touch to template ${formatMs(duration)}`;
		},
	},
	{
		name: 'a reader that sends only wrong checksums gets status error, and works again afterwards',
		run: (harness) => failAndRecover(harness, 'wrong-checksum'),
	},
	{
		name: 'a reader that stops answering gets status error, and works again afterwards',
		run: (harness) => failAndRecover(harness, 'silence'),
	},
];

/** Returns the time from unplugging to the end of the scan, ms. */
async function unplugDuringUpload(harness: ReaderTestHarness, afterReports: number): Promise<number> {
	const { id } = await harness.plugAndWait();
	const scan = harness.scan(id);
	const unplugging = harness.simulator.execute({ do: 'unplug-during-upload', afterReports });
	await harness.placeFinger('index-1');
	const unpluggedAt = await unplugging;
	const { error, at } = await scan.failed();
	assert.equal(error.code, 1003);
	await harness.waitFor('departed');
	return at - unpluggedAt;
}

async function failAndRecover(harness: ReaderTestHarness, fault: 'wrong-checksum' | 'silence'): Promise<string> {
	const { id } = await harness.plugAndWait('r503');
	const scan = harness.scan(id);
	await harness.simulator.execute({ do: 'inject-fault', fault, times: MANY_ANSWERS });
	const touchedAt = await harness.placeFinger('index-1');
	const { error, at } = await scan.failed();
	assert.equal(error.code, 1005);
	await harness.waitFor('error');
	harness.events = [];
	const clearedAt = await harness.simulator.execute({ do: 'clear-faults' });
	const ready = await harness.waitFor('idle');
	await scanOnce(harness, id);
	return `1005 after ${formatMs(at - touchedAt)}; ready ${formatMs(ready.at - clearedAt)} after the fault ended`;
}

/** Returns the time from the touch to the template, ms. */
async function scanOnce(harness: ReaderTestHarness, deviceId: string): Promise<number> {
	const scan = harness.scan(deviceId);
	const touchedAt = await harness.placeFinger('index-1');
	const { at } = await scan.completed();
	return at - touchedAt;
}
