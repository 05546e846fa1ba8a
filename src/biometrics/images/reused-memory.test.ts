import { describe, expect, it } from 'vitest';
import { createBytes, createValues, mapValues, reusingMemory } from './reused-memory.ts';

describe('reusingMemory', () => {
	it('gives the arrays of the next call the same memory, in order, cleared', () => {
		const first = reusingMemory(() => [createValues(12).fill(7), createValues(4)] as const);
		const second = reusingMemory(() => [createValues(12), createValues(4)] as const);
		expect(second[0].buffer).toBe(first[0].buffer);
		expect(second[1].buffer).toBe(first[1].buffer);
		expect(second[0].buffer).not.toBe(second[1].buffer);
		expect(second[0]).toEqual(new Float32Array(12));
	});

	it('gives an array of another length its own number of values', () => {
		reusingMemory(() => createValues(12).fill(7));
		expect(reusingMemory(() => createValues(4))).toEqual(new Float32Array(4));
		expect(reusingMemory(() => createValues(25))).toEqual(new Float32Array(25));
	});

	it('gives bytes the memory of values and clears it', () => {
		reusingMemory(() => createValues(2).fill(7));
		expect(reusingMemory(() => createBytes(3))).toEqual(new Uint8Array(3));
	});

	it('maps values to an array of their number', () => {
		const double = (value: number, i: number) => 2 * value + i;
		expect(reusingMemory(() => mapValues(Float32Array.of(1, 2), double))).toEqual(Float32Array.of(2, 5));
	});

	it('shares no memory with arrays that are created outside, also after work that throws', () => {
		const inside = reusingMemory(() => createValues(12));
		const fail = () => {
			throw new Error('failed');
		};
		expect(() => reusingMemory(fail)).toThrow('failed');
		expect(createValues(12).buffer).not.toBe(inside.buffer);
	});
});
