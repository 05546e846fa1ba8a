import { describe, expect, it } from 'vitest';
import { TEMPLATE_FORMATS } from '../../protocol/template-formats.ts';
import { encodeIsoRecord } from '../records/iso-record.ts';
import { convertRecord } from '../records/read-record.ts';
import { joinRecords, SHAPES } from '../testing/record-bytes.ts';
import { SyntheticFinger } from '../testing/synthetic-finger.ts';
import { VERIFY_SCORE } from '../testing/verify-score.ts';
import { verifyTemplate } from './verify.ts';

const [ANNA, BORIS, CARLA] = [1, 2, 3].map((seed) => new SyntheticFinger(seed)) as [
	SyntheticFinger,
	SyntheticFinger,
	SyntheticFinger,
];

function template(finger: SyntheticFinger, changes = {}): Uint8Array {
	return encodeIsoRecord(finger.touch(changes));
}

describe('verify', () => {
	it('returns the index of the candidate of the same finger', () => {
		const candidates = [template(ANNA), template(BORIS), template(CARLA)];
		const comparison = verifyTemplate(template(BORIS, { rotation: 1, jitter: 2 }), candidates);
		expect(comparison).toMatchObject({ isMatch: true, index: 1 });
		expect(comparison.score).toBeGreaterThan(VERIFY_SCORE);
	});

	it('does not match other fingers', () => {
		expect(verifyTemplate(template(ANNA), [template(BORIS), template(CARLA)])).toMatchObject({ isMatch: false });
	});

	it('holds each of several candidates to its share of the false match rate', () => {
		const candidates = [template(ANNA), template(BORIS), template(CARLA)];
		expect(verifyTemplate(template(ANNA), candidates.slice(0, 1)).threshold).toBe(40);
		expect(verifyTemplate(template(ANNA), candidates).threshold).toBe(44.8);
		expect(verifyTemplate(template(ANNA), candidates, 0.01).threshold).toBe(24.8);
	});

	it('matches only above the threshold of the false match rate', () => {
		const touch = template(ANNA, { missing: 0.5, spurious: 20, jitter: 6, rotation: 1 });
		const { score } = verifyTemplate(touch, [template(ANNA)]);
		const rate = 10 ** (-score / 10);
		expect(verifyTemplate(touch, [template(ANNA)], rate * 1.1).isMatch).toBe(true);
		expect(verifyTemplate(touch, [template(ANNA)], rate / 1.1).isMatch).toBe(false);
	});

	it('rounds the score to tenths', () => {
		const { score } = verifyTemplate(template(ANNA, { jitter: 3 }), [template(ANNA)]);
		expect(Math.round(10 * score) / 10).toBe(score);
	});

	it('matches the best of several finger views and returns its index', () => {
		const fingers = joinRecords(SHAPES['iso-19794-2:2005'], [template(CARLA), template(ANNA), template(BORIS)]);
		const comparison = verifyTemplate(template(ANNA, { rotation: 1, jitter: 2 }), [template(CARLA), fingers]);
		expect(comparison).toMatchObject({ isMatch: true, index: 1, viewIndex: 1 });
	});

	it('returns no view index for a record with one view', () => {
		expect(verifyTemplate(template(ANNA), [template(ANNA)]).viewIndex).toBeUndefined();
	});

	it.each(TEMPLATE_FORMATS)('matches a template of %s like the original', (format) => {
		const touch = template(ANNA, { jitter: 2 });
		const [original, converted] = [template(ANNA), convertRecord(template(ANNA), 1, format)].map(
			(candidate) => verifyTemplate(touch, [candidate]).score,
		);
		expect(Math.abs(converted! - original!)).toBeLessThan(3);
	});

	it('refuses a record with too few minutiae to tell fingers apart', () => {
		const few = encodeIsoRecord(new SyntheticFinger(1, 7).touch());
		expect(() => verifyTemplate(template(ANNA), [few])).toThrow(expect.objectContaining({ code: 6002 }));
	});

	it('refuses a damaged record', () => {
		expect(() => verifyTemplate(template(ANNA), [Uint8Array.of(1, 2, 3)])).toThrow(
			expect.objectContaining({ code: 6002 }),
		);
	});
});
