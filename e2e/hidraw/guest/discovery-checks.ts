import assert from 'node:assert/strict';
import type { Check } from './check.ts';
import { formatMs, monotonicMs } from './measurements.ts';

export const discoveryChecks: readonly Check[] = [
	{
		name: 'a reader that is plugged in is connected and listed',
		run: async (harness) => {
			const pluggedAt = await harness.plug();
			const { deviceId, at } = await harness.waitFor('arrived');
			assert.equal(deviceId, 'device-001');
			const ready = await harness.waitFor('idle');
			const [device, ...others] = harness.registry.list();
			assert.deepEqual(others, []);
			assert.equal(device?.status, 'idle');
			assert.equal(device?.info.serialNumber, 'A1');
			assert.equal(device?.info.model, 'Fingerprint module (CP2110)');
			return `first connected after ${formatMs(at - pluggedAt)}, ready after ${formatMs(ready.at - pluggedAt)}`;
		},
	},
	{
		name: 'a bridge without a fingerprint module is not reported as a reader',
		run: async (harness) => {
			await harness.plug('bare-chip', 'C3');
			await harness.log.waitFor('is not used');
			assert.deepEqual(harness.events, []);
			return 'nothing was reported';
		},
	},
	{
		name: 'each reader keeps its id when it is plugged in again',
		run: async (harness) => {
			const ids: string[] = [];
			for (const serialNumber of ['A1', 'B2', 'A1', 'B2']) {
				ids.push((await harness.plugAndWait('zfm', serialNumber)).id);
				await harness.unplug();
			}
			assert.deepEqual(ids, ['device-001', 'device-002', 'device-001', 'device-002']);
			return ids.join(', ');
		},
	},
	{
		name: 'a reader without open permission is listed with the remedy, and is ready once permission is granted',
		run: async (harness) => {
			await harness.simulator.execute({ do: 'set-permissions', isAllowed: false });
			try {
				await harness.plug('zfm', 'D4');
				await harness.waitFor('error');
				assert.match(harness.registry.list()[0]?.error?.message ?? '', /No permission .* install the udev rules/);
			} finally {
				await harness.simulator.execute({ do: 'set-permissions', isAllowed: true });
			}
			const grantedAt = monotonicMs();
			const { at } = await harness.waitFor('idle');
			return `ready ${formatMs(at - grantedAt)} after permission was granted`;
		},
	},
];
