import { getEventListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { SimulatedReader } from './testing/simulated-reader.ts';

const PICTURE = { width: 64, height: 64, dpi: 500, data: new Uint8Array(64 * 64) };
/** A module whose pictures are quickly sent. */
const SMALL = { model: 'R503', sensor: { width: 64, height: 64 } };

/** What goes on when the plug is pulled. */
const MOMENTS: ((rig: SimulatedReader, signal: AbortSignal) => Promise<unknown>)[] = [
	async () => {},
	async (rig, signal) => rig.reader.nextTouch(signal).catch(() => rig.pass(0)),
	async (rig) => {
		void rig.reader.open().catch(() => {});
		await rig.pass(50);
	},
	async (rig) => rig.until(rig.reader.open()),
	async (rig, signal) => {
		await rig.until(rig.reader.open());
		rig.reader.nextTouch(signal).catch(() => {});
		await rig.pass(150);
	},
	async (rig, signal) => {
		await rig.until(rig.reader.open());
		rig.module.putDown(PICTURE);
		rig.reader.nextTouch(signal).catch(() => {});
		while (!rig.module.commands.includes('UpImage')) await rig.pass(50);
	},
	async (rig, signal) => {
		await rig.until(rig.reader.open());
		rig.module.putDown(PICTURE);
		rig.reader.waitForLift(signal).catch(() => {});
		await rig.pass(150);
	},
];

describe('HidReader plugged and unplugged 1000 times', () => {
	it('leaves no handle, no timer and no listener behind, whatever it was doing', async () => {
		const { signal } = new AbortController();
		for (let round = 0; round < 1_000; round++) {
			const rig = new SimulatedReader({ ...SMALL, isPaced: true });
			await MOMENTS[round % MOMENTS.length]?.(rig, signal);
			rig.unplug();
			await rig.reader.close();
			await setImmediate();
			expect(rig.ports.every((port) => port.closeCalls === 1)).toBe(true);
			expect(rig.clock.pending).toBe(0);
			expect(getEventListeners(signal, 'abort')).toHaveLength(0);
		}
	});
});
