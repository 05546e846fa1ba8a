import { describe, expect, it } from 'vitest';
import { toFloatImage } from '../images/float-image.ts';
import { createImage, createRidgeImage } from '../testing/synthetic-ridges.ts';
import { CELL, type CellGrid, createCells } from './cell-grid.ts';
import { normalise } from './normalise.ts';
import { findFinger, findStructure, measureFit } from './segment.ts';

function columnsOf(grid: CellGrid): string[] {
	return Array.from({ length: grid.rows }, (_, row) =>
		Array.from(grid.data.subarray(row * grid.columns, (row + 1) * grid.columns), (cell) => (cell > 0 ? '#' : '.')).join(
			'',
		),
	);
}

function gridOf(...rows: string[]): CellGrid {
	const grid = createCells(rows[0]!.length, rows.length);
	for (const [i, cell] of [...rows.join('')].entries()) grid.data[i] = cell === '#' ? 0.9 : 0.1;
	return grid;
}

describe('findStructure', () => {
	it('keeps strong and faint ridges and removes the background between', () => {
		const ridges = createRidgeImage({ width: 30 * CELL, height: 10 * CELL, angle: 1, period: 9 });
		const image = createImage(30 * CELL, 10 * CELL, (x, y) => {
			const strength = [1, 0, 0.3][Math.floor(x / (10 * CELL))]!;
			return 220 + strength * (ridges.data[y * 30 * CELL + x]! - 220);
		});
		const row = columnsOf(findStructure(normalise(toFloatImage(image)).contrast))[5]!;
		expect(row.slice(0, 10)).toBe('##########');
		expect(row.slice(12, 18)).toBe('......');
		expect(row.slice(20)).toBe('##########');
	});
});

describe('measureFit', () => {
	it('is 1 for equal images, -1 for inverted ones and 0 for empty ones', () => {
		const image = toFloatImage(createImage(64, 64, (x, y) => (x * 31 + y * 17) % 50));
		const opposite = { ...image, data: image.data.map((value) => -value) };
		const empty = { ...image, data: image.data.map(() => 0) };
		expect(measureFit(image, image).data[20]).toBeCloseTo(1);
		expect(measureFit(image, opposite).data[20]).toBeCloseTo(-1);
		expect(measureFit(image, empty).data[20]).toBe(0);
	});
});

describe('findFinger', () => {
	it('closes holes, removes single lines and keeps only the largest region', () => {
		const finger = findFinger(
			gridOf(
				'..................',
				'.######........##.',
				'.#####.........##.',
				'.######...........',
				'.##.###.......#...',
				'.######.......#...',
				'.######.......#...',
				'.######.......#...',
				'..................',
			),
		);
		expect(columnsOf(finger)[4]).toBe('.######...........');
		expect(columnsOf(finger).join('')).not.toMatch(/#\.{7,9}#/);
		expect(columnsOf(finger)[1]!.slice(8)).toBe('..........');
	});

	it('returns 0 everywhere if no cell has ridges', () => {
		expect(findFinger(createCells(10, 10)).data.every((cell) => cell === 0)).toBe(true);
	});
});
