import { describe, expect, it } from 'vitest';
import { FakeClock } from '../time/testing/fake-clock.ts';
import { AuthThrottle } from './auth-throttle.ts';

const ORIGIN = 'https://app.example';

function failingThrottle(failures: number, everyMs = 0) {
	const clock = new FakeClock();
	const throttle = new AuthThrottle(clock);
	for (let i = 0; i < failures; i++) {
		throttle.recordFailure(ORIGIN);
		clock.advance(everyMs);
	}
	return { clock, throttle };
}

describe('AuthThrottle', () => {
	it('allows the first five attempts', () => {
		const { throttle } = failingThrottle(4);
		expect(throttle.check(ORIGIN)).toBeUndefined();
	});

	it('delays the sixth attempt until the first failure is one minute old', () => {
		const { clock, throttle } = failingThrottle(5, 1_000);
		expect(throttle.check(ORIGIN)).toBe(55);
		clock.advance(54_999);
		expect(throttle.check(ORIGIN)).toBe(1);
		clock.advance(1);
		expect(throttle.check(ORIGIN)).toBeUndefined();
	});

	it('delays after a sixth failure until the second failure is one minute old', () => {
		const { clock, throttle } = failingThrottle(5, 1_000);
		clock.advance(55_000);
		throttle.recordFailure(ORIGIN);
		expect(throttle.check(ORIGIN)).toBe(1);
	});

	it('does not prolong the wait when it is checked', () => {
		const { clock, throttle } = failingThrottle(5);
		for (let second = 0; second < 60; second++) {
			expect(throttle.check(ORIGIN)).toBe(60 - second);
			clock.advance(1_000);
		}
		expect(throttle.check(ORIGIN)).toBeUndefined();
	});

	it('counts each origin, and native programs, separately', () => {
		const { throttle } = failingThrottle(5);
		expect(throttle.check('https://other.example')).toBeUndefined();
		expect(throttle.check(undefined)).toBeUndefined();
		for (let i = 0; i < 5; i++) throttle.recordFailure(undefined);
		expect(throttle.check(undefined)).toBe(60);
	});

	it('discards the origin with the oldest failure when thousands of others fail', () => {
		const { throttle } = failingThrottle(5);
		const failFive = (origin: string) => Array.from({ length: 5 }, () => throttle.recordFailure(origin));
		for (let i = 0; i < 1_999; i++) failFive(`https://${i}.example`);
		expect(throttle.check(ORIGIN)).toBe(60);
		failFive('https://last.example');
		expect(throttle.check(ORIGIN)).toBeUndefined();
		expect(throttle.check('https://1.example')).toBe(60);
		expect(throttle.check('https://last.example')).toBe(60);
	});

	it('stores only the beginning of a very long origin', () => {
		const { throttle } = failingThrottle(0);
		for (let i = 0; i < 5; i++) throttle.recordFailure(`https://${'a'.repeat(10_000)}${i}`);
		expect(throttle.check(`https://${'a'.repeat(9_999)}`)).toBe(60);
	});
});
