import assert from 'node:assert/strict';
import type { Check } from './checks.ts';
import { formatMs } from './format-ms.ts';
import { median } from './median.ts';
import type { TestBench } from './test-bench.ts';

/** More answers than any check asks for. */
const ALWAYS = 1_000_000;
/** What is promised of a real machine, ms. */
const UNPLUG_LIMIT_MS = 100;

export const troubleChecks: readonly Check[] = [
	{
		name: 'a reader that is unplugged in mid-upload ends the scan with 1003, and is itself when plugged in again',
		run: async (bench, slowdown) => {
			const delays: number[] = [];
			for (const afterReports of [1, 50, 100, 200, 400]) delays.push(await unplugInUpload(bench, afterReports));
			const { id } = await bench.plugAndWait();
			assert.equal(id, 'device-001');
			await scanOnce(bench, id);
			const middle = median(delays);
			assert(middle < UNPLUG_LIMIT_MS * slowdown, `unplug to error took ${formatMs(middle)}`);
			return `unplug to error ${formatMs(middle)} in the middle of ${delays.map(formatMs).join(', ')}`;
		},
	},
	{
		name: 'a picture with wrong checksums is fetched again',
		run: async (bench) => {
			const { id } = await bench.plugAndWait('r503');
			await bench.emulator.order({ do: 'disturb', trouble: 'wrong-checksum', times: 1 });
			const duration = await scanOnce(bench, id);
			await bench.log.waitFor('Picture is fetched again');
			return `touch to template ${formatMs(duration)}`;
		},
	},
	{
		name: 'a reader that sends nothing but wrong checksums is given up, and taken back when it is well',
		run: (bench) => giveUp(bench, 'wrong-checksum'),
	},
	{
		name: 'a reader that falls silent is given up, and taken back when it is well',
		run: (bench) => giveUp(bench, 'silence'),
	},
];

/** @returns from the pulled plug to the end of the scan, ms */
async function unplugInUpload(bench: TestBench, afterReports: number): Promise<number> {
	const { id } = await bench.plugAndWait();
	const scan = bench.scan(id);
	const unplugging = bench.emulator.order({ do: 'unplug-in-upload', afterReports });
	await bench.putDown('index-1');
	const unpluggedAt = await unplugging;
	const { error, at } = await scan.failed();
	assert.equal(error.code, 1003);
	await bench.waitFor('departed');
	return at - unpluggedAt;
}

async function giveUp(bench: TestBench, trouble: 'wrong-checksum' | 'silence'): Promise<string> {
	const { id } = await bench.plugAndWait('r503');
	const scan = bench.scan(id);
	await bench.emulator.order({ do: 'disturb', trouble, times: ALWAYS });
	const touchedAt = await bench.putDown('index-1');
	const { error, at } = await scan.failed();
	assert.equal(error.code, 1005);
	await bench.waitFor('error');
	bench.happenings = [];
	const mendedAt = await bench.emulator.order({ do: 'mend' });
	const ready = await bench.waitFor('idle');
	await scanOnce(bench, id);
	return `1005 after ${formatMs(at - touchedAt)}; once well, ready after ${formatMs(ready.at - mendedAt)}`;
}

/** @returns from the touch to the template, ms */
async function scanOnce(bench: TestBench, deviceId: string): Promise<number> {
	const scan = bench.scan(deviceId);
	const touchedAt = await bench.putDown('index-1');
	const { at } = await scan.completed();
	return at - touchedAt;
}
