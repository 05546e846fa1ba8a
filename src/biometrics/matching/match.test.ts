import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FingerView } from '../records/finger-view.ts';
import { decodeIsoRecord, encodeIsoRecord } from '../records/iso-record.ts';
import { MAX_SIDE } from '../records/record-checks.ts';
import { SyntheticFinger, type TouchVariation } from '../testing/synthetic-finger.ts';
import { matchRecords, matchTemplates, SAME_FINGER_SCORE } from './match.ts';
import { prepareTemplate } from './prepared-template.ts';

const EMPTY: FingerView = { width: 400, height: 400, dpi: 500, quality: 0, minutiae: [] };

describe('matchRecords', () => {
	it.each<[string, TouchVariation]>([
		['an identical touch', {}],
		['a shifted touch', { shiftX: 30, shiftY: -25 }],
		['a touch rotated by 90 degrees', { rotation: Math.PI / 2 }],
		['a touch upside down', { rotation: Math.PI }],
		['an inexact touch', { jitter: 4 }],
		['another resolution', { dpi: 700 }],
		['missing and spurious minutiae', { missing: 0.2, spurious: 10 }],
		['a touch of part of the finger', { shiftX: 150 }],
		[
			'a touch with all these variations',
			{ rotation: -0.7, shiftX: 20, jitter: 3, missing: 0.15, spurious: 6, dpi: 512 },
		],
	])('recognises the finger in %s', (_, changes) => {
		for (let seed = 1; seed <= 10; seed++) {
			const finger = new SyntheticFinger(seed);
			expect(matchRecords(finger.touch(), finger.touch(changes))).toBeGreaterThan(SAME_FINGER_SCORE);
		}
	});

	it('returns a low score for different fingers', () => {
		for (let seed = 1; seed <= 30; seed++) {
			const score = matchRecords(new SyntheticFinger(seed).touch(), new SyntheticFinger(seed + 1000).touch());
			expect(score).toBeLessThan(SAME_FINGER_SCORE);
		}
	});

	it('returns a lower score the more two touches differ', () => {
		const scores = [0, 2, 4, 6, 8].map((jitter) => {
			const finger = new SyntheticFinger(7);
			return matchRecords(finger.touch(), finger.touch({ jitter }));
		});
		expect(scores).toEqual(scores.toSorted((a, b) => b - a));
	});

	it('returns 0 for records without minutiae', () => {
		expect(matchRecords(EMPTY, EMPTY)).toBe(0);
		expect(matchRecords(EMPTY, new SyntheticFinger(1).touch())).toBe(0);
	});

	it('returns a low score for identical touches with few minutiae', () => {
		const few = new SyntheticFinger(3, 3);
		expect(matchRecords(few.touch(), few.touch())).toBeLessThan(50);
	});

	it('returns the same score for swapped records and any order of minutiae', () => {
		fc.assert(
			fc.property(touches(), touches(), (a, b) => {
				const score = matchRecords(a, b);
				expect(score).toBeGreaterThanOrEqual(0);
				expect(score).toBeLessThanOrEqual(100);
				expect(matchRecords(b, a)).toBe(score);
				expect(matchRecords({ ...a, minutiae: a.minutiae.toReversed() }, b)).toBe(score);
			}),
		);
	});

	it('matches any decodable records symmetrically', () => {
		const records = [
			new SyntheticFinger(5, 100).touch(),
			recordOf(1, () => [100, 100]),
			recordOf(255, () => [100, 100]),
			recordOf(255, (i) => [i, 100]),
			recordOf(255, (i) => [100, i]),
			recordOf(255, (i) => [(i % 16) * 10, Math.floor(i / 16) * 10]),
			recordOf(255, (i) => [(i % 2) * (MAX_SIDE - 1), ((i >> 1) % 2) * (MAX_SIDE - 1)]),
		];
		const templates = records.map(prepareTemplate);
		for (const [a, b] of templates.flatMap((one) => templates.map((other) => [one, other] as const))) {
			const score = matchTemplates(a, b);
			expect(score).toBeGreaterThanOrEqual(0);
			expect(score).toBeLessThanOrEqual(100);
			expect(matchTemplates(b, a)).toBe(score);
		}
	});
});

/** Returns a record, decoded from its bytes, whose minutiae all have the same direction. */
function recordOf(count: number, placeOf: (index: number) => readonly [x: number, y: number]): FingerView {
	const minutiae = Array.from({ length: count }, (_, index) => {
		const [x, y] = placeOf(index);
		return { kind: 'ridge-ending' as const, x, y, angle: 1, quality: 50 };
	});
	return decodeIsoRecord(encodeIsoRecord({ ...EMPTY, width: MAX_SIDE, height: MAX_SIDE, minutiae }));
}

/** Touches of two fingers with few to many minutiae; on whole pixels, as in a record, so that some positions coincide. */
function touches(): fc.Arbitrary<FingerView> {
	const settings = fc.record({ seed: fc.integer({ min: 1, max: 2 }), count: fc.nat(60), jitter: fc.nat(10) });
	return settings.map(({ seed, count, jitter }) => {
		const touch = new SyntheticFinger(seed, count).touch({ jitter, rotation: jitter });
		return decodeIsoRecord(encodeIsoRecord(touch));
	});
}
