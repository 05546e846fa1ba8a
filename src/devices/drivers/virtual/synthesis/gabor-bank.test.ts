import { describe, expect, it } from 'vitest';
import { GABOR_BANK, HALF_KERNEL, kernelStart } from './gabor-bank.ts';

/** Returns the response of the kernel for `direction` and `pitch` to the values around its centre. */
function respond(direction: number, pitch: number, valueAt: (dx: number, dy: number) => number): number {
	const start = kernelStart(direction, pitch);
	return HALF_KERNEL.reduce(
		(sum, { dx, dy }, i) => sum + GABOR_BANK[start + 1 + i]! * (valueAt(dx, dy) + valueAt(-dx, -dy)),
		GABOR_BANK[start]! * valueAt(0, 0),
	);
}

/** Horizontal ridges. */
const ridges = (pitch: number) => (_dx: number, dy: number) => Math.cos((2 * Math.PI * dy) / pitch);

describe('GABOR_BANK', () => {
	it('does not respond to uniform grey', () => {
		expect(respond(1, 4.5, () => 1)).toBeCloseTo(0, 5);
	});

	it('responds most strongly to ridges of its direction and pitch', () => {
		const own = respond(0, 4.5, ridges(4.5));
		expect(own).toBeGreaterThan(0.6);
		expect(Math.abs(respond(Math.PI / 2, 4.5, ridges(4.5)))).toBeLessThan(own / 10);
		expect(Math.abs(respond(0, 4.5, ridges(12)))).toBeLessThan(own / 2);
	});

	it('never amplifies the values', () => {
		const start = kernelStart(0.4, 4.2);
		expect(respond(0.4, 4.2, () => 0)).toBe(0);
		const sizes = HALF_KERNEL.map((_, i) => 2 * Math.abs(GABOR_BANK[start + 1 + i]!));
		expect(sizes.reduce((sum, size) => sum + size, Math.abs(GABOR_BANK[start]!))).toBeCloseTo(1, 5);
	});

	it.each([
		[0, Math.PI],
		[0.3, 0.3 - Math.PI],
		[-1, 3 * Math.PI - 1],
	])('has one kernel for the equal directions %d and %d', (direction, same) => {
		expect(kernelStart(direction, 4.5)).toBe(kernelStart(same, 4.5));
	});

	it('uses the nearest available pitch', () => {
		expect(kernelStart(0, 1)).toBe(kernelStart(0, 3.6));
		expect(kernelStart(0, 99)).toBe(kernelStart(0, 5.85));
	});
});
