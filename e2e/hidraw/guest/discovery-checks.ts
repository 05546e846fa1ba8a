import assert from 'node:assert/strict';
import type { Check } from './checks.ts';
import { formatMs } from './format-ms.ts';
import { monotonicMs } from './monotonic-ms.ts';

export const discoveryChecks: readonly Check[] = [
	{
		name: 'a reader that is plugged in is connected and listed',
		run: async (bench) => {
			const pluggedAt = await bench.plug();
			const { deviceId, at } = await bench.waitFor('arrived');
			assert.equal(deviceId, 'device-001');
			const ready = await bench.waitFor('idle');
			const [device, ...others] = bench.registry.list();
			assert.deepEqual(others, []);
			assert.equal(device?.status, 'idle');
			assert.equal(device?.info.serialNumber, 'A1');
			assert.equal(device?.info.model, 'Fingerprint module (CP2110)');
			return `connected after ${formatMs(at - pluggedAt)}, ready after ${formatMs(ready.at - pluggedAt)}, the first time`;
		},
	},
	{
		name: 'a chip of the same kind with no module behind it is left alone',
		run: async (bench) => {
			await bench.plug('bare-chip', 'C3');
			await bench.log.waitFor('is left alone');
			assert.deepEqual(bench.happenings, []);
			return 'nothing was reported';
		},
	},
	{
		name: 'each reader keeps its id over replugging',
		run: async (bench) => {
			const ids: string[] = [];
			for (const serialNumber of ['A1', 'B2', 'A1', 'B2']) {
				ids.push((await bench.plugAndWait('zfm', serialNumber)).id);
				await bench.unplug();
			}
			assert.deepEqual(ids, ['device-001', 'device-002', 'device-001', 'device-002']);
			return ids.join(', ');
		},
	},
	{
		name: 'a reader that may not be opened is listed with the remedy, and connected once it may',
		run: async (bench) => {
			await bench.emulator.order({ do: 'set-rights', areGranted: false });
			try {
				await bench.plug('zfm', 'D4');
				await bench.waitFor('error');
				assert.match(bench.registry.list()[0]?.error?.message ?? '', /No permission .* install the udev rules/);
			} finally {
				await bench.emulator.order({ do: 'set-rights', areGranted: true });
			}
			const grantedAt = monotonicMs();
			const { at } = await bench.waitFor('idle');
			return `ready ${formatMs(at - grantedAt)} after the right was given`;
		},
	},
];
