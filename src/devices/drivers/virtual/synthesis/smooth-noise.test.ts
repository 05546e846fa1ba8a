import { describe, expect, it } from 'vitest';
import { Random } from './random.ts';
import { blend, smoothNoise, smoothStep } from './smooth-noise.ts';

describe('smoothNoise', () => {
	it('is continuous in an image whose sides are not multiples of the spacing', () => {
		const width = 50;
		const noise = smoothNoise(new Random(1), width, 41, 20);
		expect(noise).toHaveLength(50 * 41);
		// The steepest blend is 1.5 spacings; two neighbouring normal numbers are less than 7 apart.
		const steepest = (1.5 / 20) * 7;
		const jumps = Array.from(noise, (value, i) => [
			i % width > 0 ? Math.abs(value - noise[i - 1]!) : 0,
			i >= width ? Math.abs(value - noise[i - width]!) : 0,
		]);
		expect(Math.max(...jumps.flat())).toBeLessThan(steepest);
	});
});

describe('blend', () => {
	it.each([
		[0, 0, 1],
		[1, 0, 2],
		[0, 1, 3],
		[0.5, 0.5, 2.5],
	])('at (%d, %d) returns %d', (u, v, expected) => {
		expect(blend(Float32Array.of(1, 2, 3, 4), 0, 2, u, v)).toBe(expected);
	});
});

describe('smoothStep', () => {
	it.each([
		[-1, 0],
		[0, 0],
		[0.5, 0.5],
		[1, 1],
		[2, 1],
	])('for %d returns %d', (t, expected) => {
		expect(smoothStep(t)).toBe(expected);
	});
});
