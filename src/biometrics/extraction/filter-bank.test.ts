import { describe, expect, it } from 'vitest';
import { type Filter, FilterBank, ORIENTATIONS, REACH } from './filter-bank.ts';

const STRIDE = 1000;
const bank = new FilterBank(STRIDE);
const ORIENTATION_INDICES = Array.from({ length: ORIENTATIONS }, (_, i) => i);

/** Returns the response of a filter at the origin of an image that is given as a function. */
function respond({ offsets, weights }: Filter, grey: (x: number, y: number) => number): number {
	return offsets.reduce((sum, offset, tap) => {
		const y = Math.round(offset / STRIDE);
		return sum + weights[tap]! * grey(offset - y * STRIDE, y);
	}, 0);
}

/** Returns ridges with this orientation. */
function wave(orientation: number, period: number): (x: number, y: number) => number {
	const angle = (orientation * Math.PI) / ORIENTATIONS;
	return (x, y) => Math.cos((2 * Math.PI * (x * Math.sin(angle) + y * Math.cos(angle))) / period);
}

describe('FilterBank', () => {
	it.each(ORIENTATION_INDICES)('keeps uniform grey along orientation %i and removes it across', (orientation) => {
		expect(respond(bank.along(orientation), () => 1)).toBeCloseTo(1, 1);
		expect(respond(bank.across(orientation, 9), () => 1)).toBeCloseTo(0, 1);
	});

	it.each(ORIENTATION_INDICES)('responds to ridges of orientation %i with their amplitude', (orientation) => {
		for (const period of [6, 9, 12]) {
			expect(Math.abs(respond(bank.along(orientation), wave(orientation, period)) - 1)).toBeLessThan(0.12);
			expect(Math.abs(respond(bank.across(orientation, period), wave(orientation, period)) - 1)).toBeLessThan(0.12);
		}
	});

	it('does not respond to perpendicular ridges', () => {
		for (const orientation of [0, 7, 16, 40]) {
			const crossing = wave((orientation + ORIENTATIONS / 2) % ORIENTATIONS, 9);
			expect(Math.abs(respond(bank.along(orientation), crossing))).toBeLessThan(0.1);
		}
	});

	it('stays within its reach at the longest period', () => {
		for (const offset of bank.across(0, 99).offsets)
			expect(Math.abs(Math.round(offset / STRIDE))).toBeLessThanOrEqual(REACH);
	});
});
