import { describe, expect, it } from 'vitest';
import { ByteCursor } from './byte-cursor.ts';

describe('ByteCursor', () => {
	it('reads big-endian numbers in order', () => {
		const cursor = new ByteCursor(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), () => new RangeError());
		expect([cursor.uint8(), cursor.uint16(), cursor.uint32()]).toEqual([0x01, 0x0203, 0x04050607]);
		expect(cursor.remaining).toBe(1);
	});

	it('throws the given error with the length instead of reading past the end', () => {
		const cursor = new ByteCursor(Uint8Array.of(1, 2, 3), (end) => new RangeError(`ends at ${end}`));
		cursor.skip(2);
		expect(() => cursor.uint16()).toThrow(new RangeError('ends at 3'));
		expect(() => cursor.skip(2)).toThrow(RangeError);
		expect(cursor.uint8()).toBe(3);
	});
});
