import { describe, expect, it } from 'vitest';
import { bitmapOf, rowsOf } from '../../testing/bitmap-text.ts';
import { cleanSkeleton } from './clean-skeleton.ts';
import { Skeleton } from './skeleton.ts';

/** Returns the rows of a bitmap after cleaning. */
function clean(...rows: string[]): string[] {
	const skeleton = new Skeleton(bitmapOf(...rows));
	cleanSkeleton(skeleton);
	return rowsOf(skeleton.bitmap);
}

const LONG = '#'.repeat(60);
const blank = '.'.repeat(60);

describe('cleanSkeleton', () => {
	it('erases a spur and keeps its ridge', () => {
		const spur = (column: number) => `${'.'.repeat(column)}#${'.'.repeat(59 - column)}`;
		expect(clean(spur(32), spur(31), spur(30), LONG)).toEqual([blank, blank, blank, LONG]);
	});

	it('erases an island', () => {
		expect(clean(LONG, blank, `${'.'.repeat(25)}${'#'.repeat(10)}${'.'.repeat(25)}`, blank, LONG)).toEqual([
			LONG,
			blank,
			blank,
			blank,
			LONG,
		]);
	});

	it('joins a broken ridge', () => {
		expect(clean(`${'#'.repeat(27)}${'.'.repeat(6)}${'#'.repeat(27)}`)).toEqual([LONG]);
	});

	it('keeps two ridge endings that pass each other', () => {
		const rows = [`${'#'.repeat(33)}${'.'.repeat(27)}`, ...Array(7).fill(blank), `${'.'.repeat(29)}${'#'.repeat(31)}`];
		expect(clean(...rows)).toEqual(rows);
	});

	it('keeps a long branch', () => {
		const rows = [...Array.from({ length: 24 }, (_, i) => `${'.'.repeat(50 - i)}#${'.'.repeat(9 + i)}`), LONG];
		expect(clean(...rows)).toEqual(rows);
	});
});
