import { describe, expect, it } from 'vitest';
import { ByteWriter } from './byte-writer.ts';

describe('ByteWriter', () => {
	it('appends big-endian numbers and the bytes of another writer', () => {
		const other = new ByteWriter();
		other.uint8(8, 9);
		const writer = new ByteWriter();
		writer.uint8(1);
		writer.uint16(0x0203);
		writer.uint32(0xf4050607);
		writer.append(other);
		expect(writer.length).toBe(9);
		expect([...writer.toBytes()]).toEqual([1, 2, 3, 0xf4, 5, 6, 7, 8, 9]);
	});
});
