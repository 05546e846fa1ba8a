import { describe, expect, it } from 'vitest';
import { Random } from './random.ts';

function take(count: number, next: () => number): number[] {
	return Array.from({ length: count }, next);
}

describe('Random', () => {
	it('returns the same numbers for the same seed on every machine', () => {
		const random = new Random(1, 2);
		expect(take(3, () => random.bits())).toEqual([1480813155, 422452007, 450546643]);
	});

	it.each<[number[], number[]]>([
		[
			[1, 2],
			[2, 1],
		],
		[[1], [1, 0]],
		[
			[0, 1],
			[1, 0],
		],
	])('returns different numbers for %j and %j', (seed, otherSeed) => {
		expect(new Random(...seed).bits()).not.toBe(new Random(...otherSeed).bits());
	});

	it('returns uniformly distributed numbers between two bounds', () => {
		const random = new Random(3);
		const numbers = take(10_000, () => random.between(-2, 6));
		expect(Math.min(...numbers)).toBeGreaterThanOrEqual(-2);
		expect(Math.max(...numbers)).toBeLessThan(6);
		expect(numbers.filter((number) => number < 0).length / numbers.length).toBeCloseTo(0.25, 1);
	});

	it('returns normal numbers with mean 0 and standard deviation 1', () => {
		const random = new Random(4);
		const numbers = take(10_000, () => random.normal());
		const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
		const variance = numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / numbers.length;
		expect(mean).toBeCloseTo(0, 1);
		expect(variance).toBeCloseTo(1, 1);
	});
});
