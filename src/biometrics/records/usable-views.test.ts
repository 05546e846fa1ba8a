import { describe, expect, it } from 'vitest';
import { joinRecords, SHAPES } from '../testing/record-bytes.ts';
import { SyntheticFinger } from '../testing/synthetic-finger.ts';
import { MIN_MINUTIAE } from './finger-view.ts';
import { encodeIsoRecord } from './iso-record.ts';
import { usableViews } from './usable-views.ts';

function recordWith(count: number): Uint8Array {
	return encodeIsoRecord(new SyntheticFinger(1, count).touch());
}

describe('usableViews', () => {
	it('accepts as few minutiae as an extraction', () => {
		const [usable, ...others] = usableViews(recordWith(MIN_MINUTIAE));
		expect(usable).toMatchObject({ view: { minutiae: { length: MIN_MINUTIAE } }, viewIndex: undefined });
		expect(others).toEqual([]);
	});

	it.each([0, 1, MIN_MINUTIAE - 1])('refuses a record with %i minutiae', (count) => {
		expect(() => usableViews(recordWith(count))).toThrow(
			expect.objectContaining({
				error: 'INVALID_MESSAGE',
				message: `it has too few minutiae (${count}) to tell fingers apart: at least 8 are needed`,
			}),
		);
	});

	it('returns the views with enough minutiae and their indices', () => {
		const joined = joinRecords(SHAPES['iso-19794-2:2005'], [1, 20, 7, 30].map(recordWith));
		expect(usableViews(joined).map(({ view, viewIndex }) => [view.minutiae.length, viewIndex])).toEqual([
			[20, 1],
			[30, 3],
		]);
	});
});
