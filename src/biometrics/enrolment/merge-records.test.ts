import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchRecords } from '../matching/match.ts';
import type { FingerView } from '../records/finger-view.ts';
import { decodeIsoRecord, encodeIsoRecord } from '../records/iso-record.ts';
import { SyntheticFinger, type TouchVariation } from '../testing/synthetic-finger.ts';
import { VERIFY_SCORE } from '../testing/verify-score.ts';
import { mergeRecords } from './merge-records.ts';

const POOR: TouchVariation = { missing: 0.3, spurious: 12, jitter: 4 };

describe('mergeRecords', () => {
	it('merges poor touches into a record that matches better than the best of them', () => {
		let gain = 0;
		for (let seed = 1; seed <= 20; seed++) {
			const finger = new SyntheticFinger(seed);
			const touches = [
				finger.touch(POOR),
				finger.touch({ ...POOR, rotation: 0.4 }),
				finger.touch({ ...POOR, shiftX: 20 }),
			];
			const probe = finger.touch(POOR);
			const single = Math.max(...touches.map((touch) => matchRecords(touch, probe)));
			gain += matchRecords(mergeRecords(touches)!, probe) - single;
		}
		expect(gain / 20).toBeGreaterThan(2);
	});

	it('keeps the image size and resolution of the touch that matches the others best, and the best quality', () => {
		const finger = new SyntheticFinger(3);
		const good = finger.touch({ dpi: 700 });
		const merged = mergeRecords([
			{ ...finger.touch({ missing: 0.3 }), quality: 90 },
			good,
			finger.touch({ missing: 0.3, rotation: 1 }),
		]);
		expect(merged).toMatchObject({ width: good.width, height: good.height, dpi: 700, quality: 90 });
	});

	it('extends the image by whole pixels where other touches reach beyond it', () => {
		const finger = new SyntheticFinger(4, 90);
		const strips = [-70, 0, 70].map((shiftX) => crop(finger.touch({ shiftX }), 120, 280));
		const merged = mergeRecords(strips)!;
		expect(merged).toMatchObject({ height: 400, width: expect.closeTo(300, -2) });
		const whole = finger.touch().minutiae;
		const shifts = merged.minutiae.map(({ x, angle }) => {
			const original = whole.find((minutia) => Math.abs(minutia.angle - angle) < 1e-6);
			return (x - original!.x).toFixed(3);
		});
		expect(new Set(shifts)).toEqual(new Set([expect.stringMatching(/^-\d+\.000$/)]));
		expect(decodeIsoRecord(encodeIsoRecord(merged)).minutiae).toHaveLength(merged.minutiae.length);
	});

	it('returns a single record unchanged, and undefined for none', () => {
		const touch = new SyntheticFinger(5).touch();
		expect(mergeRecords([touch])).toBe(touch);
		expect(mergeRecords([])).toBeUndefined();
	});

	it.each([0, 1, 2])('refuses three touches if touch %d is of another finger', (at) => {
		for (let seed = 1; seed <= 10; seed++) {
			const finger = new SyntheticFinger(seed);
			const touches = [finger.touch(), finger.touch({ jitter: 3 }), finger.touch({ rotation: 2 })];
			expect(mergeRecords(touches)).toBeDefined();
			expect(mergeRecords(touches.with(at, new SyntheticFinger(seed + 100).touch()))).toBeUndefined();
		}
	});

	it('keeps at most 255 minutiae', () => {
		const denseFinger = new SyntheticFinger(6, 250);
		const merged = mergeRecords([denseFinger.touch(), denseFinger.touch({ spurious: 60 })])!;
		expect(merged.minutiae).toHaveLength(255);
	});

	it('merges any touches of a finger into a record that can be encoded', () => {
		fc.assert(
			fc.property(fc.array(touchChanges(), { minLength: 2, maxLength: 5 }), (changes) => {
				const finger = new SyntheticFinger(7);
				const merged = mergeRecords(changes.map((change) => finger.touch(change)));
				fc.pre(merged !== undefined);
				const record = decodeIsoRecord(encodeIsoRecord(merged));
				expect(record.minutiae).toHaveLength(merged.minutiae.length);
				expect(matchRecords(record, finger.touch())).toBeGreaterThan(VERIFY_SCORE);
			}),
			{ numRuns: 50 },
		);
	});
});

/** Returns the columns from `left` to `right` of the image, as captured by a narrow reader. */
function crop(record: FingerView, left: number, right: number): FingerView {
	const minutiae = record.minutiae.filter(({ x }) => x >= left && x < right);
	return { ...record, width: right - left, minutiae: minutiae.map((minutia) => ({ ...minutia, x: minutia.x - left })) };
}

function touchChanges(): fc.Arbitrary<TouchVariation> {
	return fc.record({
		rotation: fc.double({ min: -3, max: 3, noNaN: true }),
		shiftX: fc.integer({ min: -60, max: 60 }),
		shiftY: fc.integer({ min: -60, max: 60 }),
		jitter: fc.nat(4),
		missing: fc.constantFrom(0, 0.2),
		spurious: fc.nat(8),
		dpi: fc.constantFrom(400, 500, 512, 1000),
	});
}
