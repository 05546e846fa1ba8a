import { getEventListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { SimulatedReader } from './testing/simulated-reader.ts';

const IMAGE = { width: 64, height: 64, dpi: 500, data: new Uint8Array(64 * 64) };
/** A module with small images, for short uploads. */
const SMALL = { model: 'R503', sensor: { width: 64, height: 64 } };

/** What the reader does when it is unplugged. */
const MOMENTS: ((simulated: SimulatedReader, signal: AbortSignal) => Promise<unknown>)[] = [
	async () => {},
	async (simulated, signal) => simulated.reader.nextTouch(signal).catch(() => simulated.advance(0)),
	async (simulated) => {
		void simulated.reader.open().catch(() => {});
		await simulated.advance(50);
	},
	async (simulated) => simulated.waitFor(simulated.reader.open()),
	async (simulated, signal) => {
		await simulated.waitFor(simulated.reader.open());
		simulated.reader.nextTouch(signal).catch(() => {});
		await simulated.advance(150);
	},
	async (simulated, signal) => {
		await simulated.waitFor(simulated.reader.open());
		simulated.module.placeFinger(IMAGE);
		simulated.reader.nextTouch(signal).catch(() => {});
		while (!simulated.module.commands.includes('UpImage')) await simulated.advance(50);
	},
	async (simulated, signal) => {
		await simulated.waitFor(simulated.reader.open());
		simulated.module.placeFinger(IMAGE);
		simulated.reader.waitForLift(signal).catch(() => {});
		await simulated.advance(150);
	},
];

describe('HidReader unplugged 1000 times', () => {
	it('leaks no handle, timer or listener, whatever it was doing', async () => {
		const { signal } = new AbortController();
		for (let round = 0; round < 1_000; round++) {
			const simulated = new SimulatedReader({ ...SMALL, isPaced: true });
			await MOMENTS[round % MOMENTS.length]?.(simulated, signal);
			simulated.unplug();
			await simulated.reader.close();
			await setImmediate();
			expect(simulated.ports.every((port) => port.closeCalls === 1)).toBe(true);
			expect(simulated.clock.pending).toBe(0);
			expect(getEventListeners(signal, 'abort')).toHaveLength(0);
		}
	});
});
