import { describe, expect, it } from 'vitest';
import { systemClock, timestamp } from './clock.ts';
import { FakeClock } from './testing/fake-clock.ts';

describe('systemClock', () => {
	it('measures durations with a clock that never goes back', () => {
		const start = systemClock.monotonic();
		expect(systemClock.monotonic()).toBeGreaterThanOrEqual(start);
	});

	it('measures whole milliseconds, which the messages of the protocol require', () => {
		const times = Array.from({ length: 100 }, () => systemClock.monotonic());
		expect(times.every(Number.isInteger)).toBe(true);
	});

	it('states the time of day in UTC', () => {
		expect(timestamp(systemClock)).toMatch(/^20\d\d-\d\d-\d\dT[\d:.]+Z$/);
	});
});

describe('FakeClock', () => {
	it('advances both clocks', () => {
		const clock = new FakeClock(1_000);
		const start = clock.monotonic();
		clock.advance(250);
		expect(clock.now()).toBe(1_250);
		expect(clock.monotonic() - start).toBe(250);
	});

	it('runs actions that became due during a sleep once time advances', () => {
		const clock = new FakeClock(1_000);
		const times: number[] = [];
		clock.after(100, () => times.push(clock.monotonic()));
		clock.sleep(3_600_000);
		expect(clock.now()).toBe(3_601_000);
		expect(times).toEqual([]);
		clock.advance(0);
		expect(times).toEqual([3_600_000]);
	});

	it('runs no timer and changes no duration when the wall clock is set', () => {
		const clock = new FakeClock(1_000);
		let ran = false;
		clock.after(100, () => {
			ran = true;
		});
		clock.stepWallClock(3_600_000);
		expect(clock.now()).toBe(3_601_000);
		expect(clock.monotonic()).toBe(0);
		expect(ran).toBe(false);
		clock.advance(100);
		expect(ran).toBe(true);
	});
});
