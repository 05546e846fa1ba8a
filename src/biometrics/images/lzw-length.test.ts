import { describe, expect, it } from 'vitest';
import { packLzwCodes } from '../testing/image-files.ts';
import { lzwLength } from './lzw-length.ts';

/** Codes of strings each of which is one byte longer than the previous one, with a clear code before the table is full. */
function growingCodes(count: number): number[] {
	const run = [0, ...Array.from({ length: 3_500 }, (_, i) => 258 + i)];
	return Array.from({ length: count }, (_, i) => (i % 3_502 === 0 ? 256 : run[(i % 3_502) - 1]!));
}

describe('lzwLength', () => {
	it.each([
		['no codes', [], 0],
		['single bytes', [256, 7, 8, 9, 257, 10], 3],
		['a known string', [256, 7, 8, 258, 257], 4],
		['a string that the same code defines', [256, 7, 258, 257], 3],
		['strings after a clear code', [256, 7, 258, 256, 7, 8, 257], 5],
		['codes of 9 to 12 bits', [...growingCodes(3_502), 257], (3_501 * 3_502) / 2],
	])('counts the bytes of %s', (_, codes, expected) => {
		expect(lzwLength(packLzwCodes(codes), 1e9)).toBe(expected);
	});

	it('stops soon after the limit', () => {
		expect(lzwLength(packLzwCodes(growingCodes(50_000)), 1_000)).toBeLessThan(1_100);
	});
});
