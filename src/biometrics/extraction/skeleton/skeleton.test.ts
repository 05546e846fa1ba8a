import { describe, expect, it } from 'vitest';
import { bitmapOf } from '../../testing/bitmap-text.ts';
import { Skeleton } from './skeleton.ts';

const fork = new Skeleton(bitmapOf('.......##', '......#..', '######...', '......#..', '.......##'));

/** Returns column and row of a pixel, not counting the border. */
function place({ stride }: Skeleton, pixel: number): [column: number, row: number] {
	return [(pixel % stride) - 1, Math.floor(pixel / stride) - 1];
}

describe('Skeleton', () => {
	it('finds where lines end', () => {
		expect(fork.endings().map((pixel) => place(fork, pixel))).toEqual([
			[8, 0],
			[0, 2],
			[8, 4],
		]);
	});

	it('walks from an end to the pixel where lines meet', () => {
		const path = fork.walk(fork.endings()[1]!, 100).map((pixel) => place(fork, pixel));
		expect(path).toEqual([
			[0, 2],
			[1, 2],
			[2, 2],
			[3, 2],
			[4, 2],
			[5, 2],
		]);
		expect(fork.crossingNumber(fork.walk(fork.endings()[1]!, 100).at(-1)!)).toBe(3);
	});

	it('stops walking at the limit', () => {
		expect(fork.walk(fork.endings()[1]!, 3)).toHaveLength(3);
	});

	it('walks a line with corners from one end to the other', () => {
		const line = new Skeleton(bitmapOf('#......', '.#.....', '.#..##.', '..##..#'));
		const [start, end] = line.endings() as [number, number];
		expect(line.walk(start, 100)).toHaveLength(8);
		expect(line.walk(start, 100).at(-1)).toBe(end);
	});

	it('connects two pixels by a straight line', () => {
		const line = new Skeleton(bitmapOf('#....', '.....', '....#'));
		const [start, end] = [line.stride + 1, 3 * line.stride + 5] as const;
		line.connect(start, end);
		expect(line.walk(start, 100).at(-1)).toBe(end);
	});

	it('keeps the neighbours up to date when pixels are set and cleared', () => {
		const line = new Skeleton(bitmapOf('##.##..', '.......', '...#...'));
		const ends = line.endings();
		line.connect(ends[1]!, ends[2]!);
		expect(line.endings().map((pixel) => place(line, pixel))).toEqual([
			[0, 0],
			[4, 0],
		]);
		line.erase([ends[2]!, ends[3]!]);
		expect(line.endings().map((pixel) => place(line, pixel))).toEqual([
			[0, 0],
			[2, 0],
		]);
	});

	it('follows a line across the border between two words', () => {
		const line = new Skeleton(bitmapOf('#'.repeat(70)));
		expect(line.endings().map((pixel) => place(line, pixel))).toEqual([
			[0, 0],
			[69, 0],
		]);
		expect(line.walk(line.endings()[0]!, 100)).toHaveLength(70);
	});
});
