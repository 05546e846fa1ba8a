import { describe, expect, it } from 'vitest';
import { minutiaArrays } from './minutia-arrays.ts';
import { countNibbles, DIRECTIONS, describeMinutiae, sumNibbles } from './minutia-descriptor.ts';

describe('describeMinutiae', () => {
	it('sets the most bits near a neighbour in the word of its direction', () => {
		const { words, norm } = describeMinutiae(minutiaArrays([0, 0, 0], [40, 0, 0]));
		const bits = Array.from(words.subarray(0, DIRECTIONS), (word) => sumNibbles(countNibbles(word)));
		expect(bits[0]).toBeGreaterThan(0);
		expect(bits[0]).toBe(Math.max(...bits));
		expect(bits[DIRECTIONS / 2]).toBe(0);
		expect(norm[0]).toBeCloseTo(Math.sqrt(bits.reduce((sum, count) => sum + count)));
	});

	it('does not change when the finger is rotated and shifted', () => {
		const original = describeMinutiae(minutiaArrays([0, 0, 0.1], [40, 0, 0.3], [10, 30, 2]));
		const rotated = describeMinutiae(
			minutiaArrays([7, 5, 0.1 + Math.PI / 2], [7, 45, 0.3 + Math.PI / 2], [-23, 15, 2 + Math.PI / 2]),
		);
		expect(rotated).toEqual(original);
	});

	it('ignores minutiae that are too far away', () => {
		const { words, norm } = describeMinutiae(minutiaArrays([0, 0, 0], [100, 0, 0]));
		expect([...words]).toEqual(new Array(2 * DIRECTIONS).fill(0));
		expect([...norm]).toEqual([0, 0]);
	});
});

describe('the bit count', () => {
	it.each([
		[0, 0],
		[1, 1],
		[1 << 31, 1],
		[-1, 32],
		[0x12345678, 13],
	])('of the word %d is %d', (word, bits) => {
		expect(sumNibbles(countNibbles(word))).toBe(bits);
	});

	it('is correct for the sum of three words with all bits set', () => {
		expect(sumNibbles(3 * countNibbles(-1))).toBe(96);
	});
});
