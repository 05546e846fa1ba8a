import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bitmap, createBitmap } from '../../images/float-image.ts';
import { bitmapOf, rowsOf } from '../../testing/bitmap-text.ts';
import { CROSSING_NUMBER } from './pixel-neighbours.ts';
import { Skeleton } from './skeleton.ts';
import { thin } from './thin.ts';

/** Returns the number of 8-connected components of a bitmap. */
function countComponents({ width, data }: Bitmap): number {
	const remaining = new Set([...data.keys()].filter((i) => data[i] === 1));
	let components = 0;
	for (const start of remaining) {
		components++;
		const component = [start];
		for (const pixel of component) {
			for (const next of [-width - 1, -width, 1 - width, -1, 1, width - 1, width, width + 1].map((d) => pixel + d)) {
				if (remaining.delete(next)) component.push(next);
			}
		}
		remaining.delete(start);
	}
	return components;
}

describe('thin', () => {
	it('thins a bar to its middle line', () => {
		const bar = bitmapOf('............', '.##########.', '.##########.', '.##########.', '............');
		expect(rowsOf(thin(bar))[2]).toMatch(/^\.+#{7,9}\.+$/);
		expect(rowsOf(thin(bar)).join('').replaceAll('.', '')).toHaveLength(
			rowsOf(thin(bar))[2]!.replaceAll('.', '').length,
		);
	});

	it('does not change a thin line', () => {
		const line = bitmapOf('.......', '.##....', '...#...', '....##.', '.......');
		expect(rowsOf(thin(line))).toEqual(rowsOf(line));
	});

	it('keeps a ring closed', () => {
		const ring = thin(bitmapOf('.......', '.#####.', '.#####.', '.##.##.', '.#####.', '.#####.', '.......'));
		expect(new Skeleton(ring).endings()).toEqual([]);
		expect(countComponents(ring)).toBe(1);
	});

	it('preserves the number of components of any pattern', () => {
		const pattern = fc.array(fc.boolean(), { minLength: 144, maxLength: 144 }).map((pixels): Bitmap => {
			const bitmap = createBitmap(14, 14);
			for (const [i, pixel] of pixels.entries())
				bitmap.data[(1 + Math.floor(i / 12)) * 14 + 1 + (i % 12)] = pixel ? 1 : 0;
			return bitmap;
		});
		fc.assert(fc.property(pattern, (bitmap) => countComponents(thin(bitmap)) === countComponents(bitmap)));
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
