import { describe, expect, it } from 'vitest';
import { blurCells, CELL, cellsFor, createCells, gaussian } from './cell-grid.ts';

describe('cellsFor', () => {
	it('covers an image whose sides are not multiples of the cell size', () => {
		const grid = cellsFor({ width: 2 * CELL + 1, height: CELL });
		expect([grid.columns, grid.rows, grid.data.length]).toEqual([3, 1, 3]);
	});
});

describe('blurCells', () => {
	it('spreads one cell evenly to all sides and keeps the sum', () => {
		const grid = createCells(21, 21);
		grid.data[10 * 21 + 10] = 1;
		const { data } = blurCells(grid, 2);
		expect(data.reduce((sum, value) => sum + value)).toBeCloseTo(1);
		const [above, below, left, right] = [8 * 21 + 10, 12 * 21 + 10, 10 * 21 + 8, 10 * 21 + 12].map((i) => data[i]!);
		expect(new Set([above, below, left, right]).size).toBe(1);
		expect(above! / data[10 * 21 + 10]!).toBeCloseTo(Math.exp(-0.5));
	});

	it('treats cells beyond the edge as zero', () => {
		const { data } = blurCells({ ...createCells(30, 1), data: new Float32Array(30).fill(1) }, 1.5);
		const kernel = gaussian(1.5);
		const middle = kernel[(kernel.length - 1) / 2]!;
		expect(data[0]! / data[15]!).toBeCloseTo(0.5 + middle / 2);
	});
});
