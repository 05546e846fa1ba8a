import { describe, expect, it } from 'vitest';
import { GABOR_BANK, HALF_KERNEL, kernelStart } from './gabor-bank.ts';

/** What the kernel for `direction` and `pitch` answers to a value at each pixel around its centre. */
function answer(direction: number, pitch: number, valueAt: (dx: number, dy: number) => number): number {
	const start = kernelStart(direction, pitch);
	return HALF_KERNEL.reduce(
		(sum, { dx, dy }, i) => sum + GABOR_BANK[start + 1 + i]! * (valueAt(dx, dy) + valueAt(-dx, -dy)),
		GABOR_BANK[start]! * valueAt(0, 0),
	);
}

/** Ridges that run to the right. */
const ridges = (pitch: number) => (_dx: number, dy: number) => Math.cos((2 * Math.PI * dy) / pitch);

describe('GABOR_BANK', () => {
	it('answers nothing to an even grey', () => {
		expect(answer(1, 4.5, () => 1)).toBeCloseTo(0, 5);
	});

	it('answers ridges of its direction and pitch much more than any other', () => {
		const own = answer(0, 4.5, ridges(4.5));
		expect(own).toBeGreaterThan(0.6);
		expect(Math.abs(answer(Math.PI / 2, 4.5, ridges(4.5)))).toBeLessThan(own / 10);
		expect(Math.abs(answer(0, 4.5, ridges(12)))).toBeLessThan(own / 2);
	});

	it('answers never more than the values it is given', () => {
		const start = kernelStart(0.4, 4.2);
		expect(answer(0.4, 4.2, () => 0)).toBe(0);
		const sizes = HALF_KERNEL.map((_, i) => 2 * Math.abs(GABOR_BANK[start + 1 + i]!));
		expect(sizes.reduce((sum, size) => sum + size, Math.abs(GABOR_BANK[start]!))).toBeCloseTo(1, 5);
	});

	it.each([
		[0, Math.PI],
		[0.3, 0.3 - Math.PI],
		[-1, 3 * Math.PI - 1],
	])('has one kernel for the directions %d and %d, which are the same', (direction, same) => {
		expect(kernelStart(direction, 4.5)).toBe(kernelStart(same, 4.5));
	});

	it('takes the nearest pitch it has', () => {
		expect(kernelStart(0, 1)).toBe(kernelStart(0, 3.6));
		expect(kernelStart(0, 99)).toBe(kernelStart(0, 5.85));
	});
});
