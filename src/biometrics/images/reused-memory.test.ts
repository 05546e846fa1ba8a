import { describe, expect, it } from 'vitest';
import { createValues, reusingMemory } from './reused-memory.ts';

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

	it('shares no memory with arrays that are created outside, also after work that throws', () => {
		const inside = reusingMemory(() => createValues(12));
		const fail = () => {
			throw new Error('failed');
		};
		expect(() => reusingMemory(fail)).toThrow('failed');
		expect(createValues(12).buffer).not.toBe(inside.buffer);
	});
});
