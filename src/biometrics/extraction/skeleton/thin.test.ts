import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitmapOf, rowsOf } from '../../testing/bitmap-text.ts';
import { CROSSING_NUMBER, IS_CORNER } from './pixel-neighbours.ts';
import { thin } from './thin.ts';

/** The eight neighbours clockwise from the pixel above, as steps in x and y. */
const AROUND = [
	[0, -1],
	[1, -1],
	[1, 0],
	[1, 1],
	[0, 1],
	[-1, 1],
	[-1, 0],
	[-1, -1],
] as const;

const WIDTH = 70;
const HEIGHT = 9;
const blobs = fc
	.array(
		fc.tuple(fc.nat(WIDTH - 1), fc.nat(HEIGHT - 1), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 5 })),
	)
	.map((rectangles) =>
		Array.from({ length: HEIGHT }, (_, y) =>
			Array.from({ length: WIDTH }, (_, x) =>
				rectangles.some(([left, top, width, height]) => x >= left && x < left + width && y >= top && y < top + height)
					? '#'
					: '.',
			).join(''),
		),
	);

/** Returns the number of 8-connected components. */
function countComponents(rows: readonly string[]): number {
	const key = (x: number, y: number) => `${x},${y}`;
	const remaining = new Set(
		rows.flatMap((row, y) => [...row].flatMap((pixel, x) => (pixel === '#' ? [key(x, y)] : []))),
	);
	let components = 0;
	for (const start of remaining) {
		components++;
		const component = [start];
		for (const pixel of component) {
			const [x, y] = pixel.split(',').map(Number) as [number, number];
			for (const [dx, dy] of AROUND) if (remaining.delete(key(x + dx, y + dy))) component.push(key(x + dx, y + dy));
		}
		remaining.delete(start);
	}
	return components;
}

/** Thins pixel by pixel, as Guo and Hall define their algorithm A1. */
function thinPixels(rows: readonly string[]): string[] {
	let pixels = rows.map((row) => [...row].map((pixel) => pixel === '#'));
	const around = (x: number, y: number) => AROUND.map(([dx, dy]) => pixels[y + dy]?.[x + dx] ?? false);
	for (let unchanged = 0, half = 0; unchanged < 2; half = 1 - half) {
		const next = pixels.map((row, y) => row.map((pixel, x) => pixel && !isRemovable(around(x, y), half)));
		unchanged = next.flat().join() === pixels.flat().join() ? unchanged + 1 : 0;
		pixels = next;
	}
	for (const [y, row] of pixels.entries()) {
		for (const x of row.keys()) {
			const bits = around(x, y).reduce((sum, isSet, bit) => sum | (Number(isSet) << bit), 0);
			row[x] &&= IS_CORNER[bits] === 0;
		}
	}
	return pixels.map((row) => row.map((pixel) => (pixel ? '#' : '.')).join(''));
}

function isRemovable(around: readonly boolean[], half: number): boolean {
	const p = (i: number) => around[(i + 8) % 8]!;
	const count = (holds: (i: number) => boolean) => [0, 2, 4, 6].filter(holds).length;
	const lines = count((i) => !p(i) && (p(i + 1) || p(i + 2)));
	const neighbours = Math.min(
		count((i) => p(i - 1) || p(i)),
		count((i) => p(i) || p(i + 1)),
	);
	const isProtected = half === 0 ? (p(0) || p(1) || !p(3)) && p(2) : (p(4) || p(5) || !p(7)) && p(6);
	return lines === 1 && neighbours >= 2 && neighbours <= 3 && !isProtected;
}

const thinRows = (...rows: readonly string[]) => rowsOf(thin(bitmapOf(...rows)).bitmap);

describe('thin', () => {
	it('thins a bar to its middle line', () => {
		const rows = thinRows('............', '.##########.', '.##########.', '.##########.', '............');
		expect(rows[2]).toMatch(/^\.+#{7,9}\.+$/);
		expect(rows.join('').replaceAll('.', '')).toHaveLength(rows[2]!.replaceAll('.', '').length);
	});

	it('does not change a thin line', () => {
		const line = ['.......', '.##....', '...#...', '....##.', '.......'];
		expect(thinRows(...line)).toEqual(line);
	});

	it('keeps a ring closed', () => {
		const ring = thin(bitmapOf('.......', '.#####.', '.#####.', '.##.##.', '.#####.', '.#####.', '.......'));
		expect(ring.endings()).toEqual([]);
		expect(countComponents(rowsOf(ring.bitmap))).toBe(1);
	});

	it('preserves the number of components of any pattern', () => {
		fc.assert(fc.property(blobs, (rows) => countComponents(thinRows(...rows)) === countComponents(rows)));
	});

	it('removes the same pixels as the algorithm applied to one pixel at a time', () => {
		const noise = fc.array(fc.boolean(), { minLength: WIDTH * 5, maxLength: WIDTH * 5 }).map((pixels) => {
			const text = pixels.map((pixel) => (pixel ? '#' : '.')).join('');
			return [0, 1, 2, 3, 4].map((y) => text.slice(y * WIDTH, (y + 1) * WIDTH));
		});
		fc.assert(
			fc.property(fc.oneof(blobs, noise), (rows) => {
				expect(thinRows(...rows)).toEqual(thinPixels(rows));
			}),
		);
	});
});

describe('CROSSING_NUMBER', () => {
	it.each([
		[0b00000000, 0],
		[0b00000001, 1],
		[0b10000011, 1],
		[0b00010001, 2],
		[0b01010100, 3],
		[0b01010101, 4],
		[0b11111111, 0],
	])('for the neighbours %i is %i', (bits, expected) => {
		expect(CROSSING_NUMBER[bits]).toBe(expected);
	});
});
