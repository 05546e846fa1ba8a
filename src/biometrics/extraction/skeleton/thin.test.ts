import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bitmap, createBitmap } from '../../images/float-image.ts';
import { bitmapOf, rowsOf } from '../../testing/bitmap-text.ts';
import { CROSSING_NUMBER } from './pixel-neighbours.ts';
import { Skeleton } from './skeleton.ts';
import { thin } from './thin.ts';

/** How many separate pieces a bitmap has, counting diagonal touch as connected. */
function countPieces({ width, data }: Bitmap): number {
	const left = new Set([...data.keys()].filter((i) => data[i] === 1));
	let pieces = 0;
	for (const start of left) {
		pieces++;
		const piece = [start];
		for (const pixel of piece) {
			for (const next of [-width - 1, -width, 1 - width, -1, 1, width - 1, width, width + 1].map((d) => pixel + d)) {
				if (left.delete(next)) piece.push(next);
			}
		}
		left.delete(start);
	}
	return pieces;
}

describe('thin', () => {
	it('wears a bar down to its middle line', () => {
		const bar = bitmapOf('............', '.##########.', '.##########.', '.##########.', '............');
		expect(rowsOf(thin(bar))[2]).toMatch(/^\.+#{7,9}\.+$/);
		expect(rowsOf(thin(bar)).join('').replaceAll('.', '')).toHaveLength(
			rowsOf(thin(bar))[2]!.replaceAll('.', '').length,
		);
	});

	it('leaves a line that is thin already as it is', () => {
		const line = bitmapOf('.......', '.##....', '...#...', '....##.', '.......');
		expect(rowsOf(thin(line))).toEqual(rowsOf(line));
	});

	it('keeps a ring a ring', () => {
		const ring = thin(bitmapOf('.......', '.#####.', '.#####.', '.##.##.', '.#####.', '.#####.', '.......'));
		expect(new Skeleton(ring).endings()).toEqual([]);
		expect(countPieces(ring)).toBe(1);
	});

	it('neither breaks nor joins nor loses a piece of any pattern', () => {
		const pattern = fc.array(fc.boolean(), { minLength: 144, maxLength: 144 }).map((pixels): Bitmap => {
			const bitmap = createBitmap(14, 14);
			for (const [i, pixel] of pixels.entries())
				bitmap.data[(1 + Math.floor(i / 12)) * 14 + 1 + (i % 12)] = pixel ? 1 : 0;
			return bitmap;
		});
		fc.assert(fc.property(pattern, (bitmap) => countPieces(thin(bitmap)) === countPieces(bitmap)));
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
	])('of the neighbourhood %i is %i', (bits, expected) => {
		expect(CROSSING_NUMBER[bits]).toBe(expected);
	});
});
