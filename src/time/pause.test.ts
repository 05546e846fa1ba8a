import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { pause } from './pause.ts';
import { FakeClock } from './testing/fake-clock.ts';

describe('pause', () => {
	it('resolves after the delay and removes its listener', async () => {
		const clock = new FakeClock();
		const { signal } = new AbortController();
		const paused = pause(clock, 100, signal);
		clock.advance(99);
		expect(clock.pending).toBe(1);
		clock.advance(1);
		await paused;
		expect(getEventListeners(signal, 'abort')).toHaveLength(0);
	});

	it('resolves on an abort, also an earlier one, and leaves no timer', async () => {
		const clock = new FakeClock();
		const scan = new AbortController();
		const paused = pause(clock, 100, scan.signal);
		scan.abort();
		await paused;
		await pause(clock, 100, scan.signal);
		expect(clock.pending).toBe(0);
		expect(getEventListeners(scan.signal, 'abort')).toHaveLength(0);
	});
});
