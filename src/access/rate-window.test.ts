import { describe, expect, it } from 'vitest';
import { CLOCK_STEPS_MS, FakeClock } from '../time/testing/fake-clock.ts';
import { RateWindow } from './rate-window.ts';

describe('RateWindow', () => {
	it('allows events up to the limit, and again once the oldest event is one minute old', () => {
		const clock = new FakeClock();
		const rate = new RateWindow({ limit: 3, clock });
		for (let i = 0; i < 3; i++) {
			expect(rate.retryAfter()).toBeUndefined();
			rate.record();
			clock.advance(10_000);
		}
		expect(rate.retryAfter()).toBe(30);
		clock.advance(29_999);
		expect(rate.retryAfter()).toBe(1);
		clock.advance(1);
		expect(rate.retryAfter()).toBeUndefined();
		rate.record();
		expect(rate.retryAfter()).toBe(10);
	});

	it.each(CLOCK_STEPS_MS)('counts the same events when the wall clock is set by %i ms', (stepMs) => {
		const clock = new FakeClock();
		const rate = new RateWindow({ limit: 1, clock });
		rate.record();
		clock.stepWallClock(stepMs);
		expect(rate.retryAfter()).toBe(60);
		clock.advance(60_000);
		expect(rate.retryAfter()).toBeUndefined();
	});
});
